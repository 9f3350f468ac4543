using System.Globalization;
using StackExchange.Redis;

namespace Crowds;

/// <summary>
/// Redis loses everything, and all remembered browsers come back, held against the same visits of the same visitors with live sessions.
/// </summary>
internal sealed class RestoreStorm(Site site, IDatabase redis, IReadOnlyList<Visitor> visitors, double rate)
{
    private const double MostTimesNormal = 3;

    // Gateway:Session:CacheFor and a second: whoever comes earlier is served from the node's own copy.
    private static readonly TimeSpan CopiesAreOld = TimeSpan.FromSeconds(11);

    public async Task<bool> RunAsync(int rounds)
    {
        Console.WriteLine($"{visitors.Count} remembered browsers at {rate} requests a second, times in ms from the moment a request was due");
        Console.WriteLine($"{"round",-8}{"",-10}{"p50",9}{"p99",9}{"longest",9}{"wrong",7}");
        // The gateway has just started, and everything is compiled on the way.
        var isRight = Tell("warm-up", "restored", await VisitAsync());
        var ratios = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            var normal = await VisitAsync();
            isRight &= Tell($"{round}", "normal", normal);
            await redis.ExecuteAsync("FLUSHALL");
            await Task.Delay(CopiesAreOld);
            var before = visitors.Select(visitor => visitor.Session).ToList();
            var storm = await VisitAsync();
            isRight &= Tell($"{round}", "restored", storm) & AreAllNew(before);
            ratios.Add(storm.P99 / normal.P99);
        }

        var median = ratios.Order().ElementAt((ratios.Count - 1) / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p99 restored against normal: {string.Join(", ", ratios.Select(ratio => ratio.ToString("0.0", CultureInfo.InvariantCulture)))}; median {median:0.0} (under {MostTimesNormal} is good)"));
        return isRight && median < MostTimesNormal;
    }

    private Task<Figures> VisitAsync() => OpenLoop.RunAsync(visitors.Count, rate, number => site.VisitAsync(visitors[number]));

    // Otherwise nothing was restored, and something else was measured.
    private bool AreAllNew(List<string?> before)
    {
        var same = visitors.Where((visitor, number) => visitor.Session == before[number]).Count();
        if (same > 0)
            Console.WriteLine($"{same} sessions were not restored");
        return same == 0;
    }

    private static bool Tell(string round, string what, Figures figures)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round,-8}{what,-10}{figures.P50,9:0.0}{figures.P99,9:0.0}{figures.Longest,9:0.0}{figures.Faults.Count,7}"));
        foreach (var fault in figures.Faults.CountBy(fault => fault).Take(5))
            Console.WriteLine($"    {fault.Value} times {fault.Key}");
        return figures.Faults.Count == 0;
    }
}
