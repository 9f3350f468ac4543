using System.Globalization;

namespace Crowds;

/// <summary>
/// Requests of sessions drawn at random from the first thousand and from all of them, in turns: what more sessions cost in time, and
/// what they cost in the memory of the gateway.
/// </summary>
internal sealed class SessionLoad(Site site, int gatewayProcess, int count, double rate)
{
    private const int Few = 1000;
    private const int SecondsEach = 5;
    private const double MostTimesAThousand = 1.10;

    private readonly Random random = new(1);

    public async Task<bool> RunAsync(int rounds)
    {
        var (few, all) = (new List<double>(), new List<double>());
        var wrong = (await VisitAsync(Few)).Faults.Count;
        Console.WriteLine($"{rate} requests a second, times in ms from the moment a request was due");
        Console.WriteLine($"{"round",-8}{"p99 of " + Few,16}{"p99 of " + count,16}{"memory (MB)",14}");
        for (var round = 1; round <= rounds; round++)
        {
            var (first, second) = (await VisitAsync(Few), await VisitAsync(count));
            few.Add(first.P99);
            all.Add(second.P99);
            wrong += first.Faults.Count + second.Faults.Count;
            foreach (var fault in first.Faults.Concat(second.Faults).CountBy(fault => fault).Take(3))
                Console.WriteLine($"    {fault.Value} times {fault.Key}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round,-8}{first.P99,16:0.00}{second.P99,16:0.00}{Memory(),14}"));
        }

        var ratio = Median(all) / Median(few);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"medians: {Median(few):0.00} and {Median(all):0.00} ms, {ratio:0.00} times ({MostTimesAThousand:0.00} is good); {wrong} answers wrong"));
        return wrong == 0 && ratio <= MostTimesAThousand;
    }

    private Task<Figures> VisitAsync(int among)
    {
        // Drawn before, so that the threads that send need not share the source.
        var visitors = Enumerable.Range(0, (int)(rate * SecondsEach)).Select(_ => Owner(random.Next(among))).ToList();
        return OpenLoop.RunAsync(visitors.Count, rate, number => site.VisitAsync(visitors[number]));
    }

    private static Visitor Owner(int number) =>
        new(Person.Number(number).Id, Person.Number(number).Email, remembering: null) { Session = $"gateway.sid={SessionFill.Id(number).Value}" };

    // Resident, as the kernel counts it.
    private long Memory() => long.Parse(
        File.ReadLines($"/proc/{gatewayProcess}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))["VmRSS:".Length..^"kB".Length],
        CultureInfo.InvariantCulture) / 1024;

    private static double Median(List<double> values) => values.Order().ElementAt((values.Count - 1) / 2);
}
