using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Commands;

/// <summary>What a command prints with <c>--json</c>: an object a line, for programs to read. Times are in UTC (RFC 3339).</summary>
internal static class JsonOutput
{
    // Control characters are escaped all the same.
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<bool> Option() => new("--json") { Description = "JSON instead of text, one object a line" };

    public static void Write(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Lines));
}
