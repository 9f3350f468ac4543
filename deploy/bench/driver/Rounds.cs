using System.Globalization;
using Bench.Load;
using Bench.Results;
using Bench.Servers;

namespace Bench;

/// <summary>Many short rounds in which every row has its turn, because the machine is not the same for long.</summary>
internal sealed class Rounds(Options options, Stage stage) : IDisposable
{
    private readonly Wrk wrk = new(options.Connections);
    private readonly OpenLoop open = new(options.Connections, options.Rate);
    private readonly UserCheck check = new();
    private readonly TimeSpan time = TimeSpan.FromSeconds(options.Seconds);

    /// <summary>Each row's samples, one of every round.</summary>
    public async Task<IReadOnlyDictionary<string, List<Sample>>> RunAsync(IReadOnlyList<Contender> rows)
    {
        foreach (var row in rows)
        {
            await check.CheckAsync(row);
            await wrk.RunAsync(row, TimeSpan.FromSeconds(options.WarmUp));
        }

        var samples = rows.ToDictionary(row => row.Name, _ => new List<Sample>(), StringComparer.Ordinal);
        for (var round = 0; round < options.Rounds; round++)
        {
            // Nobody always follows the same one.
            for (var turn = 0; turn < rows.Count; turn++)
            {
                var row = rows[(round + turn) % rows.Count];
                samples[row.Name].Add(await MeasureAsync(row));
                await check.CheckAsync(row);
            }

            var last = rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Name} {samples[row.Name][^1].PerSecond:0}/s"));
            await Console.Error.WriteLineAsync($"round {round + 1} of {options.Rounds}: {string.Join(", ", last)}");
        }

        return samples;
    }

    public void Dispose() => check.Dispose();

    private async Task<Sample> MeasureAsync(Contender row)
    {
        var (own, redis) = Cpu(row);
        var closed = await wrk.RunAsync(row, time);
        var (ownAfter, redisAfter) = Cpu(row);
        var latencies = options.Rate > 0 ? await open.RunAsync(row, time) : [];
        var thousands = closed.Requests / 1000.0;
        return new Sample(
            closed.PerSecond,
            (ownAfter - own) / thousands,
            (ownAfter - own + (row.User is null ? 0 : redisAfter - redis)) / thousands,
            closed.Median,
            closed.P99,
            Percentile(latencies, 0.5),
            Percentile(latencies, 0.99),
            ProcessTree.Megabytes(row.ProcessId, "VmRSS"),
            ProcessTree.Megabytes(row.ProcessId, "VmHWM"));
    }

    private (double Own, double Redis) Cpu(Contender row) => (ProcessTree.CpuSeconds(row.ProcessId), ProcessTree.CpuSeconds(stage.Redis.ProcessId));

    private static double Percentile(double[] sorted, double part) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Ceiling(part * sorted.Length) - 1];
}
