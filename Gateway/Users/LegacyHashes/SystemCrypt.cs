using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.Users.LegacyHashes;

/// <summary>
/// crypt(3) of the system: libxcrypt, which every glibc system has. There is none with musl, on macOS or on Windows.
/// </summary>
internal static class SystemCrypt
{
    public const string Missing = "it needs libcrypt (libxcrypt), which this system does not have, or not with this format";

    /// <summary>In bytes; of longer ones libxcrypt makes nothing.</summary>
    public const int LongestPassword = 511;

    // The size of its working memory: 32,768 bytes in libxcrypt, 131,232 in the older one of glibc.
    private const int DataSize = 132 * 1024;

    private static readonly CryptR? Function = Find();
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    [ThreadStatic]
    private static byte[]? data;

    private delegate nint CryptR(byte[] password, byte[] setting, byte[] data);

    /// <param name="setting">A cheap one of the format in question.</param>
    public static bool Knows(string setting) => Known.GetOrAdd(setting, cheap => Hash([], cheap) is not null);

    /// <summary>The hash behind its setting; null when the library is not there or refuses the setting or the password.</summary>
    /// <param name="password">With a NUL in it: null, because the function ends there and would take what is behind it for right.</param>
    public static string? Hash(ReadOnlySpan<byte> password, string setting)
    {
        if (Function is null || password.Contains((byte)0) || setting.Contains('\0', StringComparison.Ordinal))
            return null;
        // Pinned, because what it gives back points into it.
        data ??= GC.AllocateArray<byte>(DataSize, pinned: true);
        byte[] phrase = [.. password, 0];
        var hash = Marshal.PtrToStringUTF8(Function(phrase, [.. Encoding.UTF8.GetBytes(setting), 0], data));
        Array.Clear(data);
        Array.Clear(phrase);
        return hash is null || hash.StartsWith('*') ? null : hash;
    }

    private static CryptR? Find()
    {
        foreach (var name in (string[])["libcrypt.so.1", "libcrypt.so.2"])
        {
            if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "crypt_r", out var function))
                return Marshal.GetDelegateForFunctionPointer<CryptR>(function);
        }

        return null;
    }
}
