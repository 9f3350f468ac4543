using System.Diagnostics;
using Bench.Load;

namespace Crowds;

/// <summary>
/// Sends at a fixed rate, however slow the answers are, and counts each one's time from the moment when its request was to be sent: who
/// waits because others were slow is not left out.
/// </summary>
internal static class OpenLoop
{
    /// <param name="send">Sends the request of this number, and says what was wrong with its answer.</param>
    public static async Task<Figures> RunAsync(int count, double rate, Func<int, Task<string?>> send)
    {
        var sent = new Task<(double Milliseconds, string? Fault)>[count];
        await Task.Factory.StartNew(
            () =>
            {
                var start = Stopwatch.GetTimestamp();
                for (var number = 0; number < count; number++)
                {
                    var due = start + (long)(number / rate * Stopwatch.Frequency);
                    Clock.SleepUntil(due);
                    sent[number] = AskAsync(send, number, due);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return new Figures(await Task.WhenAll(sent));
    }

    private static async Task<(double Milliseconds, string? Fault)> AskAsync(Func<int, Task<string?>> send, int number, long due)
    {
        // The sender goes on at once.
        await Task.Yield();
        try
        {
            var fault = await send(number);
            return (Stopwatch.GetElapsedTime(due).TotalMilliseconds, fault);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return (Stopwatch.GetElapsedTime(due).TotalMilliseconds, exception.GetBaseException().Message);
        }
    }
}

/// <summary>How long the answers took, in milliseconds, and what was wrong with some.</summary>
internal sealed class Figures(IReadOnlyCollection<(double Milliseconds, string? Fault)> answers)
{
    private readonly IReadOnlyCollection<(double Milliseconds, string? Fault)> all = answers;
    private readonly double[] sorted = [.. answers.Select(answer => answer.Milliseconds).Order()];

    /// <summary>Those of several together.</summary>
    public static Figures Of(IEnumerable<Figures> several) => new([.. several.SelectMany(figures => figures.all)]);

    public IReadOnlyList<string> Faults { get; } = [.. answers.Select(answer => answer.Fault).OfType<string>()];

    public int Count => sorted.Length;

    public double P50 => At(0.50);

    public double P99 => At(0.99);

    public double Longest => sorted[^1];

    private double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
