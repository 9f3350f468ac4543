using System.Text;

namespace Gateway.Operations;

internal static class Server
{
    /// <summary>The public listener. Where it listens is ASP.NET Core's own configuration: <c>Urls</c> or <c>Kestrel:Endpoints</c>.</summary>
    public static void AddServer(this WebApplicationBuilder builder)
    {
        builder.UseSocketThreads();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<GatewayMeter>();
        builder.Services.AddSingleton<Outages>();
        builder.NameNoRequests();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // How large a body may be is the application's business; the gateway's own endpoints have a limit of theirs.
            kestrel.Limits.MaxRequestBodySize = null;
            // One character for each byte: a header that is not UTF-8 passes unharmed.
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        });
    }

    // For this category the framework gives every request a trace of its own and a scope for log lines that are never written. Whoever
    // wants either says so for this category, or listens to the traces.
    private static void NameNoRequests(this WebApplicationBuilder builder) =>
        builder.Services.PostConfigure<LoggerFilterOptions>(options =>
            options.Rules.Insert(0, new LoggerFilterRule(providerName: null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, filter: null)));
}
