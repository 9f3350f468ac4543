using System.Diagnostics;
using Faults.Injected;
using Faults.Load;
using Faults.Servers;

namespace Faults;

/// <summary>Steady load and random faults for a long time.</summary>
internal sealed class Soak(Options options)
{
    private static readonly TimeSpan SampledEvery = TimeSpan.FromSeconds(10);

    private readonly long start = Stopwatch.GetTimestamp();
    private readonly Random random = new(options.Seed);

    public async Task<int> RunAsync(TimeSpan length)
    {
        await using var stage = await Stage.StartAsync(options.Gateway, options.Seed, new StageNeeds(), Crowd.AccountsFor(options.Visitors));
        await using var crowd = await Crowd.StartAsync(stage, options.Visitors, options.Seed);
        using var end = new CancellationTokenSource(length);
        var sampling = SampleAsync(stage, end.Token);
        var rows = await InjectAsync(crowd, end.Token);
        var samples = await sampling;

        var faults = Report.Rows(rows, options);
        Console.WriteLine();
        var figures = stage.Nodes.Select((_, node) => new SoakFigures([.. samples.Select(moment => moment[node])])).ToList();
        var cells = figures.SelectMany((figure, node) => SoakFigures.All.Select(kind => figure.Cells(node == 0 ? "first" : "second", kind.Name, kind.Of)));
        Table.Write(Console.Out, SoakFigures.Head, [.. cells]);
        var isFlat = figures.TrueForAll(figure => SoakFigures.All.All(kind => figure.IsFlat(kind.Of)));
        Console.WriteLine(isFlat ? "\nFlat." : "\nNot flat.");
        return isFlat ? faults : 1;
    }

    private async Task<List<Row>> InjectAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        var faults = Catalogue.All.Where(fault => fault.FitsASoak && fault.Obstacle() is null && fault.Needs == new StageNeeds()).ToList();
        var injection = new Injection(crowd, TimeSpan.FromSeconds(3), options.Limit);
        var rows = new List<Row>();
        while (!cancellationToken.IsCancellationRequested)
        {
            var fault = faults[random.Next(faults.Count)];
            var row = await injection.RunAsync(fault, fault.Lasts * (0.5 + random.NextDouble()));
            rows.Add(row);
            await Report.ProgressAsync(row);
            await Task.Delay(TimeSpan.FromSeconds(random.Next(2, 10)), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return rows;
    }

    private async Task<List<SoakSample[]>> SampleAsync(Stage stage, CancellationToken cancellationToken)
    {
        var samples = new List<SoakSample[]>();
        do
        {
            try
            {
                var minutes = Stopwatch.GetElapsedTime(start).TotalMinutes;
                samples.Add(await Task.WhenAll(stage.Nodes.Select(node => SoakSample.TakeAsync(node, minutes))));
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // A gateway that is frozen just now tells nothing.
            }

            await Task.Delay(SampledEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!cancellationToken.IsCancellationRequested);
        return samples;
    }
}
