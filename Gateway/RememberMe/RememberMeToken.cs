using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Gateway.Users;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.RememberMe;

/// <summary>What a remembered browser carries: the id of its row and a secret that only the browser has.</summary>
internal sealed class RememberMeToken
{
    private const int IdBytes = 16;
    private const int SecretBytes = 32;

    private readonly byte[] bytes;

    private RememberMeToken(byte[] bytes) => this.bytes = bytes;

    public string BrowserId => Base64Url.EncodeToString(bytes.AsSpan(0, IdBytes));

    /// <summary>256 random bits, kept by the browser alone.</summary>
    public ReadOnlySpan<byte> Secret => bytes.AsSpan(IdBytes);

    public byte[] SecretHash() => SHA256.HashData(Secret);

    public static RememberMeToken New() => new(RandomNumberGenerator.GetBytes(IdBytes + SecretBytes));

    /// <summary>Signed and encrypted by ASP.NET data protection, for this purpose alone.</summary>
    public string Protect(IDataProtectionProvider protection) =>
        Base64Url.EncodeToString(WithKeyRing(Protector(protection).Protect, bytes));

    /// <summary>False for everything that this gateway has not signed; decided without asking the database for the browser.</summary>
    /// <exception cref="Exception">A <see cref="DatabaseFault"/>: nobody can tell, as the key ring can't be read.</exception>
    public static bool TryUnprotect(IDataProtectionProvider protection, string? text, [NotNullWhen(true)] out RememberMeToken? token)
    {
        token = null;
        if (text is not { Length: > 0 and <= 1024 } || !Base64Url.IsValid(text))
            return false;
        // The decoder skips blanks and spare bits; one token has one spelling.
        var signed = Base64Url.DecodeFromChars(text);
        if (!string.Equals(Base64Url.EncodeToString(signed), text, StringComparison.Ordinal))
            return false;
        try
        {
            var content = WithKeyRing(Protector(protection).Unprotect, signed);
            if (content.Length != IdBytes + SecretBytes)
                return false;
            token = new RememberMeToken(content);
            return true;
        }
        catch (CryptographicException exception) when (!DatabaseFault.Is(exception))
        {
            return false;
        }
    }

    // When the key ring can't be read anew, data protection fails for one caller and uses the old one for two minutes after that.
    private static byte[] WithKeyRing(Func<byte[], byte[]> use, byte[] content)
    {
        try
        {
            return use(content);
        }
        catch (CryptographicException exception) when (DatabaseFault.Is(exception))
        {
            return use(content);
        }
    }

    private static IDataProtector Protector(IDataProtectionProvider protection) => protection.CreateProtector("Gateway.RememberMe", "v1");
}
