using System.Text.Json;

namespace Gateway.Users.Transfer;

/// <summary>Reads and writes files of users. A file whose first character is a brace holds JSON lines, any other one CSV.</summary>
internal static class UserFile
{
    public static IEnumerable<UserLine> Read(TextReader file)
    {
        var line = 1;
        for (; file.Peek() is ' ' or '\t' or '\r' or '\n'; line += file.Read() == '\n' ? 1 : 0)
        {
        }

        return file.Peek() == '{' ? ReadJson(file, line) : UserCsv.Read(file, skipped: line - 1);
    }

    public static void WriteJson(TextWriter file, UserRecord user) => file.WriteLine(JsonSerializer.Serialize(user, UserRecordJson.Default.UserRecord));

    private static IEnumerable<UserLine> ReadJson(TextReader file, int line)
    {
        for (; file.ReadLine() is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
                yield return ParseJson(text, line);
        }
    }

    private static UserLine ParseJson(string text, int line)
    {
        try
        {
            return JsonSerializer.Deserialize(text, UserRecordJson.Default.UserRecord) is { } record
                ? new UserLine(line, record)
                : new UserLine(line, null, "null is not a user");
        }
        catch (JsonException exception)
        {
            return new UserLine(line, null, exception.Message);
        }
    }
}
