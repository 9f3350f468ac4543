using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Micro;

/// <summary>A server without sockets: what is allocated while it serves is the application's.</summary>
internal sealed class MemoryServer : IServer
{
    private Func<IFeatureCollection, Task>? serve;

    public MemoryServer()
    {
        var addresses = new ServerAddressesFeature();
        addresses.Addresses.Add("http://127.0.0.1:80");
        Features.Set<IServerAddressesFeature>(addresses);
    }

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        serve = async features =>
        {
            var context = application.CreateContext(features);
            await application.ProcessRequestAsync(context);
            await ((Answer)features.GetRequiredFeature<IHttpResponseFeature>()).CompleteAsync();
            application.DisposeContext(context, exception: null);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Serves one request, and returns its answer.</summary>
    public async Task<IHttpResponseFeature> SendAsync(IFeatureCollection request)
    {
        await serve!(request);
        return request.GetRequiredFeature<IHttpResponseFeature>();
    }

    /// <summary>Asks for a page, and returns whom the application was told of.</summary>
    public async Task<string?> GetAsync(string path, string? cookies) =>
        (await SendAsync(Incoming.Get(path, cookies))) is { StatusCode: StatusCodes.Status200OK } answer ? answer.ReasonPhrase : null;

    public void Dispose()
    {
    }
}
