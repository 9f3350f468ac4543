using Bench.Servers;

namespace Bench.Growth;

/// <summary>How the cost of a request grows with what is in it and around it, for the gateway beside the bare proxy.</summary>
internal static class GrowthBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        await using var stage = new Stage();
        var cases = new Cases(options, stage);
        try
        {
            await stage.StartAsync();
            foreach (var what in options.Grow)
            {
                Console.WriteLine($"\n{what}\n");
                if (what == "start")
                    await new Starts(options, cases).RunAsync(Console.Out);
                else
                    await MeasureAsync(options, stage, [.. cases.Of(what)]);
            }

            return 0;
        }
        finally
        {
            foreach (var server in cases.Servers)
                await server.DisposeAsync();
        }
    }

    private static async Task MeasureAsync(Options options, Stage stage, List<Case> cases)
    {
        List<Turn> turns = [.. cases.SelectMany(each => new[] { each.Bare, each.Gateway })];
        foreach (var server in turns.Select(turn => turn.Server).Distinct())
            await server.EnsureStartedAsync();
        // Who knows no users reads the same cookies, which cost as much to parse.
        foreach (var each in cases)
            each.Bare.Server.Cookies = each.Gateway.Server.Cookies;
        using var rounds = new Rounds(options, stage);
        GrowthReport.Write(Console.Out, cases, await rounds.RunAsync(turns));
    }
}
