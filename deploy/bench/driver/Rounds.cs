using System.Globalization;
using Bench.Load;
using Bench.Results;
using Bench.Servers;

namespace Bench;

/// <summary>Many short rounds in which every row has its turn, because the machine is not the same for long.</summary>
internal sealed class Rounds(Options options, Stage stage) : IDisposable
{
    private readonly Wrk wrk = new(options.Connections, stage.Folder);
    private readonly OpenLoop open = new(options.Connections, options.Rate);
    private readonly UserCheck check = new();
    private readonly TimeSpan time = TimeSpan.FromSeconds(options.Seconds);

    /// <summary>Each turn's samples, one of every round.</summary>
    public async Task<IReadOnlyDictionary<string, List<Sample>>> RunAsync(IReadOnlyList<Turn> turns)
    {
        foreach (var turn in turns)
        {
            await check.CheckAsync(turn);
            await wrk.RunAsync(turn, TimeSpan.FromSeconds(options.WarmUp));
        }

        var samples = turns.ToDictionary(turn => turn.Name, _ => new List<Sample>(), StringComparer.Ordinal);
        for (var round = 0; round < options.Rounds; round++)
        {
            // Nobody always follows the same one.
            for (var step = 0; step < turns.Count; step++)
            {
                var place = (round + step) % turns.Count;
                var turn = turns[round % 2 == 0 ? place : turns.Count - 1 - place];
                samples[turn.Name].Add(await MeasureAsync(turn));
                await check.CheckAsync(turn);
            }

            var last = turns.Select(turn => string.Create(CultureInfo.InvariantCulture, $"{turn.Name} {samples[turn.Name][^1].PerSecond:0}/s"));
            await Console.Error.WriteLineAsync($"round {round + 1} of {options.Rounds}: {string.Join(", ", last)}");
        }

        return samples;
    }

    public void Dispose() => check.Dispose();

    private async Task<Sample> MeasureAsync(Turn turn)
    {
        var row = turn.Server;
        var (own, redis) = Cpu(row);
        var closed = await wrk.RunAsync(turn, time);
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
