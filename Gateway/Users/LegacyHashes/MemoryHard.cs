namespace Gateway.Users.LegacyHashes;

/// <summary>What scrypt and yescrypt may take. As many of them run at a time as the hashing gate is wide.</summary>
internal static class MemoryHard
{
    public const long Megabyte = 1024 * 1024;

    public const long MostMemory = 128 * Megabyte;

    /// <summary>How often scrypt may go through the most memory.</summary>
    public const int MostPasses = 4;
}
