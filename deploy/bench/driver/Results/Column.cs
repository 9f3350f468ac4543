namespace Bench.Results;

/// <summary>What is told of every row: its value in one round, and how a median of it is written.</summary>
internal sealed record Column(string Name, string Unit, Func<Sample, double> Value, string Format)
{
    public static readonly Column[] All =
    [
        new("throughput", "1/s", sample => sample.PerSecond, "0"),
        new("CPU", "s per 1,000", sample => sample.Cpu, "0.0000"),
        new("CPU with Redis", "s per 1,000", sample => sample.CpuWithRedis, "0.0000"),
        new("p50", "ms", sample => sample.Median, "0.00"),
        new("p99", "ms", sample => sample.P99, "0.00"),
        new("open p50", "ms", sample => sample.OpenMedian, "0.00"),
        new("open p99", "ms", sample => sample.OpenP99, "0.00"),
        new("memory", "MB", sample => sample.Megabytes, "0"),
        new("most memory", "MB", sample => sample.PeakMegabytes, "0"),
    ];
}
