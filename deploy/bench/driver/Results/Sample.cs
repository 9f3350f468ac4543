namespace Bench.Results;

/// <summary>One row in one round. Processor time in seconds for a thousand requests; latencies in milliseconds.</summary>
internal sealed record Sample(
    double PerSecond, double Cpu, double CpuWithRedis, double Median, double P99, double OpenMedian, double OpenP99, double Megabytes, double PeakMegabytes);
