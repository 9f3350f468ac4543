using System.Diagnostics;

namespace Gateway.Operations.Management.Metrics;

/// <summary>Measures every request of the public listener, unless there is nobody to tell.</summary>
internal static class RequestMeasuring
{
    public static void UseRequestMeasuring(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<ManagementSettings>().IsOn)
            return;
        var active = app.Services.GetRequiredService<ActiveRequests>();
        var durations = app.Services.GetRequiredService<RequestDurations>();
        app.Use(next => context => MeasureAsync(context, next, active, durations));
    }

    private static async Task MeasureAsync(HttpContext context, RequestDelegate next, ActiveRequests active, RequestDurations durations)
    {
        var began = Stopwatch.GetTimestamp();
        active.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            active.End();
            durations.Record(context, Stopwatch.GetElapsedTime(began));
        }
    }
}
