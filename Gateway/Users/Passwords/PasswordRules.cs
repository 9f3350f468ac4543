namespace Gateway.Users.Passwords;

/// <summary>
/// What a password must be that its user chooses (NIST SP 800-63B-4 section 3.1.1.2): long enough and not easily guessed, of whatever
/// characters. Older ones go on; what an operator sets is theirs to answer for.
/// </summary>
internal static class PasswordRules
{
    /// <summary>In code points: it may be all there is between an attacker and the account.</summary>
    public const int MinLength = 15;

    /// <summary>What is wrong with it, or nothing.</summary>
    /// <param name="own">What anybody would try first for this user: their address, their name, the name of the site.</param>
    public static PasswordFault? Fault(string password, params ReadOnlySpan<string?> own)
    {
        if (password.Length == 0)
            return new("password.missing");
        var length = PasswordLength.Of(password);
        if (length > UserServices.MaxPasswordLength)
            return new("password.tooLong", UserServices.MaxPasswordLength);
        if (length < MinLength)
            return new("password.tooShort", MinLength, length);
        return PasswordStrength.Of(password, own).IsEasilyGuessed ? new("password.tooCommon") : null;
    }
}

/// <param name="Text">What a page says, by its key.</param>
/// <param name="Values">What is filled in.</param>
internal sealed record PasswordFault(string Text, params object[] Values);
