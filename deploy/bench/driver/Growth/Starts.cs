using System.Diagnostics;
using Bench.Load;
using Bench.Results;
using Bench.Servers;
using Faults;

namespace Bench.Growth;

/// <summary>How long a start and a changed configuration take, with few routes and with many.</summary>
internal sealed class Starts(Options options, Cases cases)
{
    private static readonly string[] Head =
    [
        "", "first answer after a start (s)", "CPU until then (s)", "memory (MB)", "change seen after (s)", "CPU until then (s)", "slowest answer meanwhile (ms)",
    ];

    private static readonly int[] Routes = [1, 5000];

    public async Task RunAsync(TextWriter output)
    {
        var servers = Routes.SelectMany(routes => new[] { cases.Bare(routes), cases.Gateway(routes) }).ToList();
        var samples = servers.ToDictionary(server => server, _ => new List<double[]>());
        foreach (var server in servers)
            await server.EnsureStartedAsync();
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var server in servers)
                samples[server].Add([.. await StartAsync(server), .. await ChangeAsync(server, round)]);
        }

        Table.Write(output, Head, [.. samples.Select(row => (string[])[row.Key.Name, .. Enumerable.Range(0, Head.Length - 1).Select(column => Of(row.Value, column))])]);
    }

    private static async Task<double[]> StartAsync(Contender server)
    {
        using var probe = new Probe(server);
        var start = Stopwatch.GetTimestamp();
        await server.LaunchAgainAsync();
        await probe.UntilAsync(change: null);
        return [Stopwatch.GetElapsedTime(start).TotalSeconds, ProcessTree.CpuSeconds(server.ProcessId), ProcessTree.Megabytes(server.ProcessId, "VmRSS")];
    }

    private static async Task<double[]> ChangeAsync(Contender server, int round)
    {
        using var probe = new Probe(server);
        var (start, cpu) = (Stopwatch.GetTimestamp(), ProcessTree.CpuSeconds(server.ProcessId));
        server.Routes!.Write(round);
        var slowest = await probe.UntilAsync(round);
        return [Stopwatch.GetElapsedTime(start).TotalSeconds, ProcessTree.CpuSeconds(server.ProcessId) - cpu, slowest.TotalMilliseconds];
    }

    private static string Of(List<double[]> samples, int column) => Spread.Of(samples.Select(sample => sample[column]), column is 2 or 5 ? "0" : "0.00");
}
