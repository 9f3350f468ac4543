using CsvHelper;

namespace Gateway.Users.Transfer;

/// <summary>Users as CSV (RFC 4180) with a header row, the columns in any order.</summary>
internal static class UserCsv
{
    private const int LongestRow = 1024 * 1024;

    private static readonly string[] Written = ["id", "email", "name", "roles", "hash"];
    private static readonly string[] Known = [.. Written, "salt", "format"];

    /// <param name="skipped">How many lines there were before the header.</param>
    public static IEnumerable<UserLine> Read(TextReader file, int skipped)
    {
        var faults = new Queue<UserLine>();
        using var csv = CsvReader.Create(file, Options(faults, skipped), leaveOpen: true);
        var more = TryHeader(csv, faults, skipped);
        while (more)
        {
            more = TryRow(csv, faults, skipped);
            // Those that were skipped on the way to this row.
            while (faults.TryDequeue(out var fault))
                yield return fault;
            if (more)
                yield return new UserLine((int)csv.LineNumber + skipped, Record(csv));
        }

        while (faults.TryDequeue(out var fault))
            yield return fault;
    }

    public static void Write(TextWriter file, IEnumerable<UserRecord> users)
    {
        using var csv = CsvWriter.Create(file, CsvWriterOptions.Default, leaveOpen: true);
        csv.WriteRecord(Written);
        foreach (var user in users)
            csv.WriteRecord([user.Id ?? "", user.Email ?? "", user.Name ?? "", string.Join(';', user.Roles ?? []), user.Hash ?? ""]);
    }

    private static CsvReaderOptions Options(Queue<UserLine> faults, int skipped) => new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        NormalizeHeaderName = name => name.Trim().ToLowerInvariant(),
        MaxRecordSize = LongestRow,
        MalformedData = CsvMalformedDataHandling.Skip,
        FieldCountMismatch = CsvFieldCountHandling.Skip,
        OnMalformedRecord = row => faults.Enqueue(new UserLine((int)row.LineNumber + skipped, null, row.Reason switch
        {
            CsvMalformedReason.FieldCountMismatch => "it has not as many fields as the header",
            CsvMalformedReason.UnterminatedQuote => "a quote is never closed",
            _ => "a quote is at a wrong place; a field with quotes stands in quotes and doubles them",
        })),
    };

    private static bool TryHeader(CsvReader csv, Queue<UserLine> faults, int skipped)
    {
        if (Header(csv) is not { } fault)
            return true;
        faults.Clear();
        faults.Enqueue(new UserLine(skipped + 1, null, fault));
        return false;
    }

    private static string? Header(CsvReader csv)
    {
        try
        {
            csv.ReadHeader();
        }
        catch (CsvFormatException exception)
        {
            return exception.Message;
        }

        if (csv.Headers.Except(Known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            return $"the column '{unknown}' is unknown; known are {string.Join(", ", Known)}";
        if (csv.Headers.Count != csv.Headers.Distinct(StringComparer.Ordinal).Count())
            return "a column is there twice";
        return csv.Headers.Contains("email", StringComparer.Ordinal) ? null : "there is no column email";
    }

    private static bool TryRow(CsvReader csv, Queue<UserLine> faults, int skipped)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException exception)
        {
            faults.Enqueue(new UserLine((int)csv.LineNumber + skipped, null, exception.Message));
            return false;
        }
    }

    private static UserRecord Record(CsvReader csv) => new(
        Field(csv, "id")?.Trim(),
        Field(csv, "email")?.Trim(),
        Field(csv, "name")?.Trim(),
        Field(csv, "roles")?.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Field(csv, "hash")?.Trim(),
        // Blanks may well belong to it.
        Field(csv, "salt"),
        Field(csv, "format")?.Trim());

    private static string? Field(CsvReader csv, string column) =>
        csv.TryGetFieldIndex(column, out var index) && csv.GetString(index) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
