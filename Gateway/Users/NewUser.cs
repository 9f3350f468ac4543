using Gateway.Users.Passwords;

namespace Gateway.Users;

/// <summary>A user as an operator asks for one.</summary>
/// <param name="Id">Generated when absent.</param>
/// <param name="Password">Absent for a user who can't log in until one is set.</param>
internal sealed record NewUser(string Email, string? Id, string? Name, IReadOnlyCollection<string> Roles, string? Password)
{
    /// <summary>What is wrong with it, or nothing.</summary>
    public string? Fault()
    {
        if (!EmailAddress.IsValid(Email))
            return $"'{Email}' is not an e-mail address: {EmailAddress.Rule}";
        if (Id is not null && !UserId.IsValid(Id))
            return $"'{Id}' is not a user id: {UserId.Rule}";
        if (Name is { Length: > 256 } || Name?.Any(char.IsControl) == true)
            return "a name has at most 256 characters, and no control characters";
        return PasswordLength.Of(Password ?? "") > UserServices.MaxPasswordLength ? $"a password has at most {UserServices.MaxPasswordLength} characters" : null;
    }
}

/// <summary>An operator asked for something that can't be done; the message says why.</summary>
internal sealed class UserRefusedException(string message) : Exception(message);
