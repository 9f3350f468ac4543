using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Audit;

/// <summary>What is worth knowing of an event beyond its columns, as a small JSON object.</summary>
internal static class AuditDetail
{
    public const string TooLong = """{"tooLong":true}""";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object of the values that are there; null of none.</summary>
    public static string? Of(params ReadOnlySpan<(string Name, JsonNode? Value)> values)
    {
        var detail = new JsonObject();
        foreach (var (name, value) in values)
        {
            if (value is not null)
                detail.Add(name, value);
        }

        return detail.Count == 0 ? null : detail.ToJsonString(Plain);
    }

    public static JsonArray List(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];
}
