using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Hosting;

/// <summary>A modern destination; every path that a test does not map echoes its request as JSON.</summary>
internal sealed class EchoSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<EchoedRequest> requests = [];
    private readonly Channel<string> events = Channel.CreateUnbounded<string>();

    private EchoSite(Action<WebApplication>? map, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = protocols);
        });
        // A stream that a test left open is not waited for.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        app = builder.Build();
        app.UseWebSockets();
        map?.Invoke(app);
        EchoSitePages.Map(app, events.Reader);
        // No parameters to bind: that would be compiled anew for each site.
        app.MapFallback(async context =>
        {
            var echoed = await EchoedRequest.ReadAsync(context.Request);
            requests.Enqueue(echoed);
            await echoed.WriteAsync(context);
        });
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>The echoed requests, in order.</summary>
    public IReadOnlyList<EchoedRequest> Requests => [.. requests];

    /// <summary>What is written here goes out at once on /events; completing it ends the stream.</summary>
    public ChannelWriter<string> Events => events.Writer;

    /// <param name="map">Endpoints of the test's own; they win over the built-in ones.</param>
    /// <param name="protocols">Without TLS a listener speaks either HTTP/1.1 or HTTP/2.</param>
    public static async Task<EchoSite> StartAsync(Action<WebApplication>? map = null, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var site = new EchoSite(map, protocols);
        await site.app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
