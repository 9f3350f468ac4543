using Gateway.Users.Passwords;

namespace Gateway.Users;

/// <summary>A user as an operator asks for one.</summary>
/// <param name="Id">Generated when absent.</param>
/// <param name="Password">Absent for a user who can't log in until one is set.</param>
internal sealed record NewUser(string Email, string? Id, string? Name, IReadOnlyCollection<string> Roles, string? Password)
{
    public const int MaxNameLength = 256;

    /// <exception cref="UserRefusedException">Something is wrong with it.</exception>
    public void ThrowIfFaulty()
    {
        if (Fault() is { } fault)
            throw new UserRefusedException(fault);
    }

    public static bool IsName(string? name) => name is null || (name.Length <= MaxNameLength && !name.Any(char.IsControl));

    /// <summary>What is wrong with it, or nothing.</summary>
    public string? Fault()
    {
        if (!EmailAddress.IsValid(Email))
            return $"'{Email}' is not an e-mail address: {EmailAddress.Rule}";
        if (Id is not null && !UserId.IsValid(Id))
            return $"'{Id}' is not a user id: {UserId.Rule}";
        if (!IsName(Name))
            return $"a name has at most {MaxNameLength} characters, and no control characters";
        return PasswordLength.Of(Password ?? "") > UserServices.MaxPasswordLength ? $"a password has at most {UserServices.MaxPasswordLength} characters" : null;
    }
}

/// <summary>An operator asked for something that can't be done; the message says why.</summary>
internal sealed class UserRefusedException(string message) : Exception(message);
