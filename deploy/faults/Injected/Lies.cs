using System.Diagnostics;
using Faults.Load;

namespace Faults.Injected;

/// <summary>Something wrong that the suite must find, one for each thing that it looks for.</summary>
internal static class Lies
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("lie-identity", Excuses.None, crowd => Tell(crowd, true), crowd => Tell(crowd, false)) { LastsShort = TimeSpan.FromSeconds(1) },
        Told("lie-cookie", (_, answer) => answer with { SetCookies = ["gateway.auth=; max-age=0; path=/"] }),
        Told("lie-login", (_, answer) => answer.Status == 200 ? answer with { Status = 302, Location = "/_gateway/login?returnUrl=%2F" } : answer),
        Told("lie-error", (_, answer) => answer with { Status = 500 }),
        Told("lie-unavailable", (_, answer) => answer with { Status = 503, HasRetryAfter = false }) with { Excuses = Excuses.Unavailable },
        new("lie-stale", Excuses.None, BelieveGhosts, Stop),
        new("lie-recovery", Excuses.Unavailable, crowd => Task.CompletedTask, RecoverLate),
    ];

    private static Fault Told(string name, Tamper lie)
    {
        var count = 0;
        return new Fault(name, Excuses.None, crowd => Set(crowd, Sometimes), Stop) { LastsShort = TimeSpan.FromSeconds(1) };
        Answer Sometimes(HttpRequestMessage request, Answer answer) => Interlocked.Increment(ref count) % 3 == 0 ? lie(request, answer) : answer;
    }

    private static Task Tell(Crowd crowd, bool lies)
    {
        crowd.Stage.Application.Lies = lies;
        return Task.CompletedTask;
    }

    // As if every old cookie were good still.
    private static Task BelieveGhosts(Crowd crowd) => Set(crowd, (request, answer) =>
        request.Options.TryGetValue(Ghost.Owner, out var owner) ? answer with { Status = 200, Body = owner + "\n" } : answer);

    private static Task RecoverLate(Crowd crowd)
    {
        var start = Stopwatch.GetTimestamp();
        return Set(crowd, (_, answer) => Stopwatch.GetElapsedTime(start).TotalSeconds < 7 ? answer with { Status = 503, HasRetryAfter = true } : answer);
    }

    private static Task Stop(Crowd crowd) => Set(crowd, null);

    private static Task Set(Crowd crowd, Tamper? tamper)
    {
        crowd.Tamper = tamper;
        return Task.CompletedTask;
    }
}
