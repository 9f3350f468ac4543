namespace System.IO.Hashing;

/// <summary>The constants that xxHash multiplies by (xxHash specification, "Constants").</summary>
internal static class Prime
{
    internal const ulong P32N1 = 0x9E3779B1;
    internal const ulong P32N2 = 0x85EBCA77;
    internal const ulong P32N3 = 0xC2B2AE3D;

    internal const ulong P64N1 = 0x9E3779B185EBCA87;
    internal const ulong P64N2 = 0xC2B2AE3D27D4EB4F;
    internal const ulong P64N3 = 0x165667B19E3779F9;
    internal const ulong P64N4 = 0x85EBCA77C2B2AE63;
    internal const ulong P64N5 = 0x27D4EB2F165667C5;

    internal const ulong Mix1 = 0x165667919E3779F9;
    internal const ulong Mix2 = 0x9FB21C651E98DF25;
}
