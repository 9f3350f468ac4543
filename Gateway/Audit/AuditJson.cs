using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Audit;

/// <summary>The shape of an event outside the gateway: in the export, the commands and the webhook.</summary>
internal static class AuditJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object, without a line end.</summary>
    public static string Line(AuditEvent what) => Encoding.UTF8.GetString(Write(writer => Write(writer, what)));

    /// <summary><c>{"events":[…]}</c></summary>
    public static byte[] Batch(IEnumerable<AuditEvent> events) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("events");
        foreach (var what in events)
            Write(writer, what);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            write(writer);
        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, AuditEvent what)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", what.Id);
        writer.WriteString("at", $"{what.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}");
        writer.WriteString("action", what.Action);
        writer.WriteString("actor", what.Actor);
        writer.WriteString("subject", what.Subject);
        writer.WriteString("address", what.Address);
        writer.WriteString("userAgent", what.UserAgent);
        writer.WritePropertyName("detail");
        writer.WriteRawValue(what.Detail ?? "null");
        writer.WriteEndObject();
    }
}
