using Bench.Load;
using Bench.Servers;

namespace Bench;

/// <summary>A row of a table: what is asked of which server.</summary>
internal sealed record Turn(string Name, Contender Server, Ask Ask);
