namespace Bench.Growth;

/// <summary>The same requests to the bare proxy and to the gateway.</summary>
internal sealed record Case(string Name, Turn Bare, Turn Gateway);
