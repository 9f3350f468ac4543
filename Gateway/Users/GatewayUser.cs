using Microsoft.AspNetCore.Identity;

namespace Gateway.Users;

/// <summary>
/// A user as the user database keeps one. <see cref="IdentityUser{TKey}.Id"/> is the operator's choice and what applications read;
/// the user name is always the e-mail address.
/// </summary>
internal sealed class GatewayUser : IdentityUser
{
    /// <summary>The name shown to people; absent when the operator gave none.</summary>
    public string? Name { get; set; }

    /// <summary>A disabled user can't log in, and every session and remembered browser of theirs is worthless.</summary>
    public bool Disabled { get; set; }

    /// <summary>An operator has decided that this user must have a second factor.</summary>
    public bool NeedsSecondFactor { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
