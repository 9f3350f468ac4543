using System.Globalization;

namespace Crowds;

/// <summary>
/// Requests drawn at random from the thousand sessions of one gateway and from the many of another, in many short turns: what more
/// sessions cost in time, and what they cost in the memory of the gateway. Each has a Redis of its own.
/// </summary>
internal sealed class SessionLoad(Site few, Site all, int gatewayProcess, int count, double rate)
{
    public const int Few = 1000;

    private const double SecondsEach = 1;
    private const double MostTimesAThousand = 1.10;

    private readonly Random random = new(1);
    private readonly List<Figures> ofFew = [];
    private readonly List<Figures> ofAll = [];

    /// <summary>How many of the many sessions' were answered.</summary>
    public int Visits => ofAll.Sum(answers => answers.Count);

    public async Task<bool> RunAsync(int rounds)
    {
        Console.WriteLine($"{rate} requests a second, times in ms from the moment a request was due");
        Console.WriteLine($"{"round",-8}{"p99 of " + Few,16}{"p99 of " + count,16}{"memory (MB)",14}");
        for (var round = 1; round <= rounds; round++)
        {
            // Nobody is always the first.
            if (round % 2 == 0)
                await VisitAsync(all, count, ofAll);
            await VisitAsync(few, Few, ofFew);
            if (round % 2 == 1)
                await VisitAsync(all, count, ofAll);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round,-8}{ofFew[^1].P99,16:0.00}{ofAll[^1].P99,16:0.00}{Memory(),14}"));
        }

        return Tell();
    }

    private async Task VisitAsync(Site site, int among, List<Figures> answers)
    {
        // Drawn before, so that the threads that send need not share the source.
        var visitors = Enumerable.Range(0, (int)(rate * SecondsEach)).Select(_ => SessionVisits.Owner(random.Next(among))).ToList();
        answers.Add(await OpenLoop.RunAsync(visitors.Count, rate, number => site.VisitAsync(visitors[number])));
        foreach (var fault in answers[^1].Faults.CountBy(fault => fault).Take(3))
            Console.WriteLine($"    {fault.Value} times {fault.Key}");
    }

    private bool Tell()
    {
        var (p50, p99) = (Median(ofAll, answers => answers.P50) / Median(ofFew, answers => answers.P50), Median(ofAll, P99) / Median(ofFew, P99));
        var wrong = ofFew.Concat(ofAll).Sum(answers => answers.Faults.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            medians of {Few} and of {count}: p50 {Median(ofFew, answers => answers.P50):0.00} and {Median(ofAll, answers => answers.P50):0.00} ms, {p50:0.00} times
              p99 {Median(ofFew, P99):0.00} and {Median(ofAll, P99):0.00} ms, {p99:0.00} times ({MostTimesAThousand:0.00} is good); {wrong} answers wrong
            """));
        return wrong == 0 && p99 <= MostTimesAThousand;
    }

    private static double P99(Figures answers) => answers.P99;

    // Resident, as the kernel counts it.
    private long Memory() => long.Parse(
        File.ReadLines($"/proc/{gatewayProcess}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))["VmRSS:".Length..^"kB".Length],
        CultureInfo.InvariantCulture) / 1024;

    private static double Median(List<Figures> answers, Func<Figures, double> value)
    {
        var sorted = answers.Select(value).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
