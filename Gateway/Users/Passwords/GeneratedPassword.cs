using System.Security.Cryptography;

namespace Gateway.Users.Passwords;

/// <summary>A password that nobody chose: whoever gave it tells it to its user.</summary>
internal static class GeneratedPassword
{
    // Without characters that look alike, for a password that is read aloud or typed from paper.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Five groups of four, 99 random bits.</summary>
    public static string New() => string.Join('-', Enumerable.Range(0, 5).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));
}
