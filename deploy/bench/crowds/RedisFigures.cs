using System.Globalization;
using StackExchange.Redis;

namespace Crowds;

/// <summary>What a Redis tells of itself.</summary>
internal sealed class RedisFigures(IDatabase redis)
{
    public async Task<long> UsedMemoryAsync() => long.Parse(await LineAsync("memory", "used_memory:"), CultureInfo.InvariantCulture);

    /// <summary>How often commands were called that look through all keys.</summary>
    public async Task<int> SearchesAsync()
    {
        var stats = (await redis.ExecuteAsync("INFO", "commandstats")).ToString();
        return stats.Split('\n').Count(line => line.StartsWith("cmdstat_keys:", StringComparison.Ordinal) || line.StartsWith("cmdstat_scan:", StringComparison.Ordinal));
    }

    /// <summary>The processor time that it has used so far, its own and the kernel's for it.</summary>
    public async Task<double> CpuSecondsAsync() =>
        double.Parse(await LineAsync("cpu", "used_cpu_user:"), CultureInfo.InvariantCulture)
        + double.Parse(await LineAsync("cpu", "used_cpu_sys:"), CultureInfo.InvariantCulture);

    public Task ForgetCallsAsync() => redis.ExecuteAsync("CONFIG", "RESETSTAT");

    private async Task<string> LineAsync(string section, string start)
    {
        var lines = (await redis.ExecuteAsync("INFO", section)).ToString().Split('\n', StringSplitOptions.TrimEntries);
        return lines.First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];
    }
}
