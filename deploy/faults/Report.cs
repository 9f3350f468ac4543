using System.Globalization;
using Faults.Injected;

namespace Faults;

/// <summary>From what was typed to what is run, and from what came of it to an exit code.</summary>
internal static class Report
{
    private const int Broken = 1;
    private const int Blind = 3;

    public static int List()
    {
        foreach (var fault in Catalogue.All)
            Console.WriteLine($"{fault.Name}{(fault.IsCheap ? "" : " (not in the short form)")}");
        return 0;
    }

    public static IReadOnlyList<Fault> Chosen(string[] names, Options options)
    {
        if (names.Length == 0)
            return [.. Catalogue.All.Where(fault => fault.IsCheap || !options.IsShort)];
        return [.. names.Select(name => Catalogue.All.Concat(Catalogue.Lies).FirstOrDefault(fault => fault.Name == name)
            ?? throw new FormatException($"There is no fault {name}: see --list"))];
    }

    /// <summary>A number with s, m or h behind it.</summary>
    public static TimeSpan Length(string text)
    {
        var number = double.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => throw new FormatException($"'{text}' is no length: write 90s, 30m or 1h"),
        };
    }

    public static async Task ProgressAsync(Row row)
    {
        await Console.Error.WriteLineAsync(string.Join("  ", row.Cells()));
        foreach (var example in row.Tally!.Examples)
            await Console.Error.WriteLineAsync($"    {example}");
    }

    public static int Rows(IReadOnlyList<Row> rows, Options options)
    {
        Table.Write(Console.Out, Table.OfFaults, [.. rows.Select(row => row.Cells())]);
        var broken = rows.Where(row => !row.Holds(options.Limit)).Select(row => row.Fault).ToList();
        Console.WriteLine(broken.Count == 0 ? $"\nAll held (seed {options.Seed})." : $"\nBroken by {string.Join(", ", broken)} (seed {options.Seed}).");
        return broken.Count == 0 ? 0 : Broken;
    }

    public static int SelfTest(IReadOnlyList<Row> lies, Options options)
    {
        Table.Write(Console.Out, Table.OfFaults, [.. lies.Select(row => row.Cells())]);
        var unnoticed = lies.Where(row => row.Holds(options.Limit)).Select(row => row.Fault).ToList();
        Console.WriteLine(unnoticed.Count == 0 ? "\nEvery lie was found." : $"\nNot found: {string.Join(", ", unnoticed)}.");
        return unnoticed.Count == 0 ? Broken : Blind;
    }
}
