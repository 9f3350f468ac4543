using System.Text.Json;
using CsvHelper;

namespace Gateway.Users.Transfer;

/// <summary>Reads and writes files of users. A file whose first character is a brace holds JSON lines, any other one CSV.</summary>
internal static class UserFile
{
    private static readonly string[] Columns = ["id", "email", "name", "roles", "hash"];

    private static readonly CsvReaderOptions ReaderOptions = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        NormalizeHeaderName = name => name.Trim().ToLowerInvariant(),
    };

    /// <exception cref="UserRefusedException">Names the line or the column.</exception>
    public static IEnumerable<UserLine> Read(TextReader file) => file.Peek() == '{' ? ReadJson(file) : ReadCsv(file);

    public static void WriteJson(TextWriter file, UserRecord user) => file.WriteLine(JsonSerializer.Serialize(user, UserRecordJson.Default.UserRecord));

    public static void WriteCsv(TextWriter file, IEnumerable<UserRecord> users)
    {
        using var csv = CsvWriter.Create(file, CsvWriterOptions.Default, leaveOpen: true);
        csv.WriteRecord(Columns);
        foreach (var user in users)
            csv.WriteRecord([user.Id ?? "", user.Email ?? "", user.Name ?? "", string.Join(';', user.Roles ?? []), user.Hash ?? ""]);
    }

    private static IEnumerable<UserLine> ReadJson(TextReader file)
    {
        for (var line = 1; file.ReadLine() is { } text; line++)
        {
            if (text.Length > 0)
                yield return new UserLine(line, ParseJson(text, line));
        }
    }

    private static UserRecord ParseJson(string text, int line)
    {
        try
        {
            return JsonSerializer.Deserialize(text, UserRecordJson.Default.UserRecord) ?? throw new JsonException("null is not a user");
        }
        catch (JsonException exception)
        {
            throw new UserRefusedException($"line {line}: {exception.Message}");
        }
    }

    private static IEnumerable<UserLine> ReadCsv(TextReader file)
    {
        using var csv = CsvReader.Create(file, ReaderOptions, leaveOpen: true);
        ReadHeader(csv);
        while (ReadRow(csv))
        {
            yield return new UserLine((int)csv.LineNumber, new UserRecord(
                Field(csv, "id"),
                Field(csv, "email"),
                Field(csv, "name"),
                Field(csv, "roles")?.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Field(csv, "hash")));
        }
    }

    private static void ReadHeader(CsvReader csv)
    {
        csv.ReadHeader();
        if (csv.Headers.Except(Columns, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new UserRefusedException($"line 1: the column '{unknown}' is unknown; known are {string.Join(", ", Columns)}");
        if (!csv.Headers.Contains("email", StringComparer.Ordinal))
            throw new UserRefusedException("line 1: there is no column email");
    }

    private static bool ReadRow(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException exception)
        {
            throw new UserRefusedException($"line {csv.LineNumber}: {exception.Message}");
        }
    }

    private static string? Field(CsvReader csv, string column) =>
        csv.TryGetFieldIndex(column, out var index) && index < csv.FieldCount && csv.GetString(index).Trim() is { Length: > 0 } value ? value : null;
}
