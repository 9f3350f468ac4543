using Bench.Load;
using Bench.Results;
using Bench.Servers;

namespace Bench;

/// <summary>Starts everything, measures, and ends everything.</summary>
internal static class Benchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        await using var stage = new Stage();
        var rows = LineUp.Of(options, stage);
        try
        {
            await stage.StartAsync();
            foreach (var row in rows)
                await row.StartAsync();
            // Who knows no users reads the same cookies, which cost as much to parse.
            var cookies = rows.FirstOrDefault(row => row.User is not null)?.Cookies ?? "nobody=none";
            foreach (var row in rows.Where(row => row.User is null))
                row.Cookies = cookies;
            using var rounds = new Rounds(options, stage);
            var samples = await rounds.RunAsync([.. rows.Select(row => new Turn(row.Name, row, Ask.Page))]);
            Report.Write(Console.Out, samples);
            if (options.Csv is not null)
            {
                await using var csv = File.CreateText(options.Csv);
                Report.WriteCsv(csv, samples);
            }

            return 0;
        }
        finally
        {
            foreach (var row in rows)
                await row.DisposeAsync();
        }
    }
}
