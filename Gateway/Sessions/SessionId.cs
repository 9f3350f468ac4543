using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Sessions;

/// <summary>
/// A session id: 256 random bits as 43 characters of base64url (OWASP ASVS 5.0, 7.2.3). Whoever has it has the session, so it is
/// only ever in the visitor's cookie; everything on this side works with its <see cref="Key"/>.
/// </summary>
internal readonly struct SessionId
{
    private const int Bytes = 32;
    private const int Characters = 43;

    private SessionId(string value) => Value = value;

    public string Value { get; }

    /// <summary>What a store calls the session: the SHA-256 of the id's characters, in lower-case hexadecimal.</summary>
    public string Key
    {
        get
        {
            Span<byte> characters = stackalloc byte[Characters];
            Encoding.ASCII.GetBytes(Value, characters);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(characters, hash);
            return Convert.ToHexStringLower(hash);
        }
    }

    public static SessionId New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>
    /// The id that follows from a secret and a nonce: the same for everyone who knows both, unpredictable for everyone else.
    /// </summary>
    public static SessionId Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> nonce) =>
        new(Base64Url.EncodeToString(HMACSHA256.HashData(secret, nonce)));

    /// <summary>False for everything that this gateway can't have issued; decided without asking a store.</summary>
    public static bool TryParse(string? text, out SessionId id)
    {
        id = default;
        // Asked first: despite its name, TryDecodeFromChars throws for what is no base64url.
        if (text is not { Length: Characters } || !Base64Url.IsValid(text))
            return false;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (!Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Bytes)
            return false;
        Span<char> canonical = stackalloc char[Characters];
        Base64Url.EncodeToChars(bytes, canonical);
        if (!canonical.SequenceEqual(text))
            return false;
        id = new SessionId(text);
        return true;
    }

    /// <summary>Never the value: an id that slips into a log line must do no harm.</summary>
    public override string ToString() => "(session id)";
}
