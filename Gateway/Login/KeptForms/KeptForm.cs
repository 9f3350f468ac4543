using System.Security.Cryptography;
using System.Text;

namespace Gateway.Login.KeptForms;

/// <summary>A form that was being sent when its sender turned out to be nobody.</summary>
/// <param name="Host">As the browser named it; a node may serve several.</param>
/// <param name="Target">Path and query, byte for byte.</param>
/// <param name="Referer">The page that the form is on; some applications lead back to it.</param>
/// <param name="Browser">SHA-256 of the secret in the browser's cookie.</param>
/// <param name="Account">Who alone may send it, as <see cref="Throttle.AccountName"/> writes it; null while nobody can tell.</param>
internal sealed record KeptForm(
    string Host, string Target, string ContentType, string? Referer, byte[] Browser, string? Account, DateTimeOffset Until, byte[] Body)
{
    public bool IsOf(string host, byte[] browser) =>
        CryptographicOperations.FixedTimeEquals(Browser, browser) && string.Equals(Host, host, StringComparison.OrdinalIgnoreCase);

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(Body.Length + 1024);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Host);
        writer.Write(Target);
        writer.Write(ContentType);
        writer.Write(Referer ?? "");
        writer.Write(Account ?? "");
        writer.Write(Until.ToUnixTimeMilliseconds());
        writer.Write(Browser);
        writer.Write(Body.Length);
        writer.Write(Body);
        writer.Flush();
        return bytes.ToArray();
    }

    public static KeptForm FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var (host, target, contentType) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var (referer, account) = (reader.ReadString(), reader.ReadString());
        var until = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var browser = reader.ReadBytes(SHA256.HashSizeInBytes);
        return new KeptForm(host, target, contentType, NullIfEmpty(referer), browser, NullIfEmpty(account), until, reader.ReadBytes(reader.ReadInt32()));
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
