using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Micro;

/// <summary>YARP alone on a server without sockets.</summary>
internal sealed class BareHost : IAsyncDisposable
{
    private readonly MemoryServer memory = new();
    private readonly WebApplication app;

    private BareHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(SiteRoute.Settings);
        builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
        builder.Services.AddSingleton<IForwarderHttpClientFactory>(new Application());
        builder.Services.AddSingleton<IServer>(memory);
        app = builder.Build();
        app.MapReverseProxy();
    }

    public static async Task<BareHost> StartAsync()
    {
        var host = new BareHost();
        await host.app.StartAsync();
        return host;
    }

    public Task<string?> GetAsync(string? cookies) => memory.GetAsync("/page", cookies);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
