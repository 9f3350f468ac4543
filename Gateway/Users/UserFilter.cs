namespace Gateway.Users;

/// <summary>Which users are asked for; what is absent doesn't matter.</summary>
/// <param name="Text">A part of the address, the name or the id, in any case.</param>
/// <param name="Role">Its name, in any case.</param>
internal sealed record UserFilter(string? Text = null, string? Role = null, UserState? State = null);

internal enum UserState
{
    Enabled,
    Disabled,

    /// <summary>Can't log in with one, and has not been given one yet.</summary>
    NoPassword,
}
