namespace Gateway.Tests.Hosting;

/// <summary>Stories that put many servers under load: beside others, they would take the time that those are measured by.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
