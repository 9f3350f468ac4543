using System.Globalization;
using StackExchange.Redis;

namespace Crowds;

/// <summary>
/// Redis loses everything, and all remembered browsers come back. The second half of them comes in turns with visits of the first half,
/// which has live sessions again by then: both are measured within the same seconds, because a machine is not equally fast all the time.
/// </summary>
internal sealed class RestoreStorm(Site site, IDatabase redis, IReadOnlyList<Visitor> visitors, double rate)
{
    private const double MostTimesNormal = 3;

    // For each round; so many that one pause of the machine spoils one comparison, and so long that a p99 is more than the worst answer.
    private const int Turns = 5;

    // Gateway:Session:CacheFor and a second: whoever comes earlier is served from the node's own copy.
    private static readonly TimeSpan CopiesAreOld = TimeSpan.FromSeconds(11);

    private readonly List<Figures> normal = [];
    private readonly List<Figures> restored = [];
    private bool isRight = true;

    public async Task<bool> RunAsync(int rounds)
    {
        Console.WriteLine($"{visitors.Count} remembered browsers at {rate} requests a second, times in ms from the moment a request was due");
        Console.WriteLine($"{"",-20}{"p50",9}{"p99",9}{"longest",9}{"wrong",7}");
        // The gateway has just started, and what is not compiled yet is compiled on the way.
        Tell("just started", await RestoreAsync(visitors));
        for (var round = 1; round <= rounds; round++)
            await RunAsync(round, [.. visitors.Chunk((visitors.Count + 1) / 2)]);

        Tell("all normal", Figures.Of(normal));
        Tell("all restored", Figures.Of(restored));
        var ratios = normal.Zip(restored, (usual, storm) => storm.P99 / usual.P99).Order().ToList();
        var median = ratios[ratios.Count / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"p99 restored against normal, {ratios.Count} turns: median {median:0.0}, from {ratios[0]:0.0} to {ratios[^1]:0.0} (under {MostTimesNormal} is good)"));
        return isRight && median < MostTimesNormal;
    }

    private async Task RunAsync(int round, Visitor[][] halves)
    {
        var (first, second) = (halves[round % 2], halves[1 - (round % 2)]);
        await redis.ExecuteAsync("FLUSHALL");
        await Task.Delay(CopiesAreOld);
        Tell($"{round}: first half", await RestoreAsync(first));
        await Task.Delay(CopiesAreOld);
        foreach (var (live, lost) in Turn(first).Zip(Turn(second)))
        {
            normal.Add(await VisitAsync(live));
            restored.Add(await RestoreAsync(lost));
        }

        Tell($"{round}: normal", Figures.Of(normal.TakeLast(Turns)));
        Tell($"{round}: restored", Figures.Of(restored.TakeLast(Turns)));
    }

    private static IEnumerable<Visitor[]> Turn(Visitor[] half) => half.Chunk((half.Length + Turns - 1) / Turns);

    private Task<Figures> VisitAsync(IReadOnlyList<Visitor> some) => OpenLoop.RunAsync(some.Count, rate, number => site.VisitAsync(some[number]));

    private async Task<Figures> RestoreAsync(IReadOnlyList<Visitor> some)
    {
        var before = some.Select(visitor => visitor.Session).ToList();
        var figures = await VisitAsync(some);
        // Otherwise nothing was restored, and something else was measured.
        var same = some.Where((visitor, number) => visitor.Session == before[number]).Count();
        if (same > 0)
            Console.WriteLine($"{same} sessions were not restored");
        isRight &= same == 0;
        return figures;
    }

    private void Tell(string what, Figures figures)
    {
        isRight &= figures.Faults.Count == 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-20}{figures.P50,9:0.0}{figures.P99,9:0.0}{figures.Longest,9:0.0}{figures.Faults.Count,7}"));
        foreach (var fault in figures.Faults.CountBy(fault => fault).Take(5))
            Console.WriteLine($"    {fault.Value} times {fault.Key}");
    }
}
