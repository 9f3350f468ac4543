using Bench.Results;
using Faults;

namespace Bench.Growth;

/// <summary>What each case costs: medians, and ratios to the bare proxy in the same round with least and most.</summary>
internal static class GrowthReport
{
    private static readonly string[] Head =
    [
        "", "bare, 1/s", "gateway, 1/s", "throughput, ratio", "bare, CPU in µs", "gateway, CPU in µs", "more CPU in µs", "CPU, ratio",
    ];

    public static void Write(TextWriter output, IReadOnlyList<Case> cases, IReadOnlyDictionary<string, List<Sample>> samples) => Table.Write(
        output,
        Head,
        [.. cases.Select(each => Row(each.Name, samples[each.Bare.Name], samples[each.Gateway.Name]))]);

    private static string[] Row(string name, List<Sample> bare, List<Sample> gateway)
    {
        var pairs = bare.Zip(gateway).ToList();
        return
        [
            name,
            Spread.Median(bare.Select(sample => sample.PerSecond), "0"),
            Spread.Median(gateway.Select(sample => sample.PerSecond), "0"),
            Spread.Of(pairs.Select(pair => pair.Second.PerSecond / pair.First.PerSecond), "0.00"),
            Spread.Median(bare.Select(Microseconds), "0"),
            Spread.Median(gateway.Select(Microseconds), "0"),
            Spread.Median(pairs.Select(pair => Microseconds(pair.Second) - Microseconds(pair.First)), "0"),
            Spread.Of(pairs.Select(pair => pair.Second.Cpu / pair.First.Cpu), "0.00"),
        ];
    }

    // Seconds for a thousand requests are milliseconds for one.
    private static double Microseconds(Sample sample) => sample.Cpu * 1000;
}
