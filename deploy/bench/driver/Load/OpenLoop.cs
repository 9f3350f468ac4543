using System.Diagnostics;
using Bench.Servers;

namespace Bench.Load;

/// <summary>
/// The open loop: requests at a fixed rate whether or not the last ones were answered, as visitors come. A latency counts from the
/// moment when a request should have been sent, so that a server that stops for a while is charged for all who would have come.
/// </summary>
internal sealed class OpenLoop(int connections, int rate)
{
    /// <summary>Latencies in milliseconds, in order; every answer was for the right user.</summary>
    public async Task<double[]> RunAsync(Contender row, TimeSpan time)
    {
        var period = Stopwatch.Frequency * connections / rate;
        var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        var end = start + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(number =>
            Task.Factory.StartNew(() => Send(row, start + (period * number / connections), period, end), TaskCreationOptions.LongRunning)));
        return [.. all.SelectMany(latencies => latencies).Order()];
    }

    private static List<double> Send(Contender row, long start, long period, long end)
    {
        using var connection = new Connection(row);
        var latencies = new List<double>();
        for (var intended = start; intended < end; intended += period)
        {
            Clock.SleepUntil(intended);
            connection.Ask();
            latencies.Add(Stopwatch.GetElapsedTime(intended).TotalMilliseconds);
        }

        return latencies;
    }
}
