using System.Buffers;
using System.Net.Mail;

namespace Gateway.Users;

/// <summary>The rule for e-mail addresses that a user is found by: one address, no display name, at most 254 characters (RFC 5321).</summary>
internal static class EmailAddress
{
    private static readonly SearchValues<char> Special = SearchValues.Create("<>()[]\\,;:\"");

    public const int MaxLength = 254;

    public const string Rule = "an e-mail address has one @, a name and a domain, no spaces or control characters, and at most 254 characters";

    /// <summary>White space around an address is a slip of the keyboard, never a part of it.</summary>
    public static string Trim(string text) => text.Trim();

    public static bool IsValid(string email) =>
        email.Length is >= 3 and <= MaxLength
        && email.Count(character => character == '@') == 1
        && !email.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
        && email.AsSpan().IndexOfAny(Special) < 0
        && MailAddress.TryCreate(email, out var address)
        && string.Equals(address.Address, email, StringComparison.Ordinal);
}
