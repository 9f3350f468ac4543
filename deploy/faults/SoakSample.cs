using System.Globalization;
using Faults.Servers;

namespace Faults;

/// <summary>What a gateway's process holds at one moment.</summary>
/// <param name="Minutes">Since the soak began.</param>
internal sealed record SoakSample(double Minutes, double ResidentMegabytes, double Handles, double Threads, double HeapMegabytes)
{
    private const string Heap = "dotnet_gc_last_collection_heap_size_bytes";

    public static async Task<SoakSample> TakeAsync(Node node, double minutes)
    {
        var status = await File.ReadAllLinesAsync($"/proc/{node.ProcessId}/status");
        return new SoakSample(
            minutes,
            Number(status.First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))) / 1024,
            Directory.GetFiles($"/proc/{node.ProcessId}/fd").Length,
            Number(status.First(line => line.StartsWith("Threads:", StringComparison.Ordinal))),
            await HeapAsync(node));
    }

    private static double Number(string line) => double.Parse(line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    // By generation.
    private static async Task<double> HeapAsync(Node node) => (await node.MetricsAsync()).Split('\n')
        .Where(line => line.StartsWith(Heap, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture)) / (1024 * 1024);
}
