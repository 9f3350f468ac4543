using Gateway.Tests.Hosting;

namespace Gateway.Tests.Users.Faults;

/// <summary>Something that happens to a user database, and its end.</summary>
/// <param name="Reads">It can still be read.</param>
internal sealed record StagedFault(bool Reads, Func<Stage, Task> Begin, Func<Stage, Task> End);
