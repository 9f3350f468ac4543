namespace Faults;

/// <summary>A table in Markdown, its columns aligned for a terminal.</summary>
internal static class Table
{
    public static readonly string[] OfFaults =
    [
        "fault", "requests", "wrong identities", "cookies destroyed", "logins seen", "stale after logout", "errors", "unexpected", "slowest answer", "recovery",
        "logged in again",
    ];

    public static void Write(TextWriter output, string[] head, IReadOnlyList<string[]> rows)
    {
        var widths = head.Select((name, column) => rows.Select(row => row[column].Length).Append(name.Length).Max()).ToArray();
        output.WriteLine(Line(head, widths));
        output.WriteLine($"|{string.Join('|', widths.Select((width, column) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ':'))}|");
        foreach (var row in rows)
            output.WriteLine(Line(row, widths));
    }

    private static string Line(string[] cells, int[] widths) =>
        $"| {string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |";
}
