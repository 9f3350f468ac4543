using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Operations.Management.Health;

internal sealed record CheckAnswer(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error);

/// <summary>The body of a health answer. Says what failed and in which way, never what was configured.</summary>
internal sealed record HealthAnswer(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("checks")] IReadOnlyDictionary<string, CheckAnswer> Checks)
{
    private const string Ok = "ok";
    private const string Failed = "failed";

    /// <summary>Who can answer at all is alive.</summary>
    public static readonly HealthAnswer Live = new(Ok, new Dictionary<string, CheckAnswer>(StringComparer.Ordinal));

    public static HealthAnswer Of(HealthReport report) => new(
        report.Status is HealthStatus.Healthy ? Ok : Failed,
        report.Entries.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.Status is HealthStatus.Healthy ? new CheckAnswer(Ok, null) : new CheckAnswer(Failed, entry.Value.Description),
            StringComparer.Ordinal));

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status is Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsJsonAsync(this, HealthJson.Default.HealthAnswer, cancellationToken: context.RequestAborted);
    }
}

[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
