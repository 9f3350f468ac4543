using Gateway.Operations.Management.Health;
using Gateway.Operations.Management.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Operations.Management;

/// <summary>What the management listener answers; paths match exactly.</summary>
internal sealed class ManagementEndpoints(HealthCheckService checks, MetricsCollector metrics)
{
    public Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Request.Path.Value switch
        {
            "/health/live" or "/health/ready" or "/metrics" when !IsRead(context.Request) => RefuseAsync(context),
            "/health/live" => HealthAnswer.Live.WriteAsync(context),
            "/health/ready" => AnswerReadyAsync(context),
            "/metrics" => AnswerMetricsAsync(context),
            _ => NotFoundAsync(context),
        };
    }

    private async Task AnswerReadyAsync(HttpContext context)
    {
        var report = await checks.CheckHealthAsync(context.RequestAborted);
        await HealthAnswer.Of(report).WriteAsync(context);
    }

    private Task AnswerMetricsAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(metrics.Scrape(), context.RequestAborted);
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync("Here are /health/live, /health/ready and /metrics.\n", context.RequestAborted);
    }
}
