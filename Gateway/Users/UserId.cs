using System.Security.Cryptography;

namespace Gateway.Users;

/// <summary>
/// The rule for user ids: 1 to 128 printable ASCII characters, the first and last no space, because the id travels in a header
/// (RFC 9110 section 5.5 takes white space off both ends).
/// </summary>
internal static class UserId
{
    public const int MaxLength = 128;

    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    public const string Rule = "a user id is 1 to 128 printable ASCII characters and neither starts nor ends with a space";

    public static bool IsValid(string id) =>
        id.Length is >= 1 and <= MaxLength
        && !id.AsSpan().ContainsAnyExceptInRange(' ', '~')
        && id[0] != ' '
        && id[^1] != ' ';

    /// <summary>An id of 20 characters, 100 random bits, for an operator who gave none.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, 20);
}
