using System.Buffers.Text;

namespace Gateway.Users.LegacyHashes;

/// <summary>Base64 with or without its padding, and in passlib's spelling, which writes a dot for the plus.</summary>
internal static class LooseBase64
{
    public static byte[]? TryDecode(string text)
    {
        var padded = text.Replace('.', '+').TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        return Base64.IsValid(padded) ? Convert.FromBase64String(padded) : null;
    }

    /// <exception cref="MalformedHashException">It is none.</exception>
    public static byte[] Decode(string text) => TryDecode(text) ?? throw new MalformedHashException("a part of it is no base64");
}
