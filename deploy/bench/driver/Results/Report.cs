using System.Globalization;
using Faults;

namespace Bench.Results;

/// <summary>The tables: ratios to the bare proxy of the same round, and what they are ratios of.</summary>
internal static class Report
{
    public static void Write(TextWriter output, IReadOnlyDictionary<string, List<Sample>> rows)
    {
        var bare = rows["bare"];
        var columns = Column.All.Where(column => !double.IsNaN(column.Value(bare[0]))).ToArray();
        output.WriteLine("Ratios to bare in the same round: median (minimum–maximum).\n");
        Table.Write(output, ["row", .. columns.Select(column => column.Name)], [.. rows.Select(row => Ratios(row.Key, row.Value, bare, columns))]);
        output.WriteLine("\nAs measured: median (minimum–maximum). CPU is of the server with all its processes, and then with that of Redis.\n");
        Table.Write(output, ["row", .. columns.Select(column => $"{column.Name} ({column.Unit})")], [.. rows.Select(row => Figures(row.Key, row.Value, columns))]);
    }

    /// <summary>Every sample, for whoever wants to calculate otherwise.</summary>
    public static void WriteCsv(TextWriter output, IReadOnlyDictionary<string, List<Sample>> rows)
    {
        output.WriteLine($"round,row,{string.Join(',', Column.All.Select(column => $"{column.Name} ({column.Unit})"))}");
        foreach (var (name, samples) in rows)
        {
            foreach (var (round, sample) in samples.Index())
                output.WriteLine($"{round + 1},{name},{string.Join(',', Column.All.Select(column => column.Value(sample).ToString("0.#####", CultureInfo.InvariantCulture)))}");
        }
    }

    private static string[] Ratios(string name, List<Sample> samples, List<Sample> bare, Column[] columns) =>
        [name, .. columns.Select(column => Spread.Of(samples.Zip(bare, (sample, other) => column.Value(sample) / column.Value(other)), "0.00"))];

    private static string[] Figures(string name, List<Sample> samples, Column[] columns) =>
        [name, .. columns.Select(column => Spread.Of(samples.Select(column.Value), column.Format))];
}
