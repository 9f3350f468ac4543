using System.Diagnostics;
using Faults.Injected;
using Faults.Load;

namespace Faults;

/// <summary>One fault from its beginning until everybody is served again.</summary>
/// <param name="calm">How long everybody must have been served until it is over.</param>
/// <param name="limit">The longest recovery that is good; a longer one is still measured, for a while.</param>
internal sealed class Injection(Crowd crowd, TimeSpan calm, TimeSpan limit)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeyondTheLimit = TimeSpan.FromSeconds(25);

    public async Task<Row> RunAsync(Fault fault, TimeSpan lasts)
    {
        var tally = crowd.Tally = new Tally(fault.Excuses);
        await Task.Delay(Before);
        crowd.Stage.IsRedisFaulty = fault.IsOfRedis;
        try
        {
            await fault.Begin(crowd);
            await Task.Delay(lasts);
            await fault.End(crowd);
        }
        catch (Exception exception) when (exception is BrokenPromiseException or InvalidOperationException or TimeoutException)
        {
            // What could not be injected has not been held against anything.
            tally.Add(Finding.Unexpected, exception.Message);
            await fault.End(crowd);
        }

        var answersSince = Stopwatch.GetTimestamp();
        var recovery = await RecoveryAsync(tally, answersSince);
        var relogin = await ReloginAsync(tally, answersSince);
        crowd.Stage.IsRedisFaulty = false;
        return new Row(fault.Name, tally, recovery, relogin);
    }

    private async Task<TimeSpan?> RecoveryAsync(Tally tally, long answersSince)
    {
        while (Stopwatch.GetElapsedTime(answersSince) < limit + BeyondTheLimit)
        {
            await Task.Delay(50);
            var last = Math.Max(tally.LastBad, answersSince);
            if (Stopwatch.GetElapsedTime(last) > calm && crowd.IsServedSince(last))
                return Stopwatch.GetElapsedTime(answersSince, last);
        }

        return null;
    }

    // The next fault begins when everybody is back.
    private async Task<TimeSpan?> ReloginAsync(Tally tally, long answersSince)
    {
        while (!crowd.IsLoggedIn && Stopwatch.GetElapsedTime(answersSince) < limit + BeyondTheLimit)
            await Task.Delay(50);
        if (!crowd.IsLoggedIn)
            tally.Add(Finding.Unexpected, "not everybody whose session was lost could log in again");
        return crowd.LastRelogin > answersSince ? Stopwatch.GetElapsedTime(answersSince, crowd.LastRelogin) : null;
    }
}
