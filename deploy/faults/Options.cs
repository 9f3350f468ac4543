namespace Faults;

/// <summary>What was asked for.</summary>
/// <param name="Gateway">The gateway's assembly.</param>
/// <param name="Limit">The longest recovery that is good.</param>
internal sealed record Options(string Gateway, bool IsShort, int Visitors, int Seed, TimeSpan Limit);
