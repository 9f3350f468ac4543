using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Micro;

/// <summary>What becomes of a request on its way to the application: identity headers set, the gateway's cookies taken out.</summary>
[MemoryDiagnoser]
public class Transforms
{
    private const string OtherCookies = "theme=dark; basket=3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    private GatewayHost gateway = null!;
    private HttpTransformer ours = null!;
    private HttpContext withCookies = null!;
    private HttpContext withoutCookies = null!;

    // Nobody awaits a task here when the benchmarks run in this process.
    [GlobalSetup]
    public void Start() => StartAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void End() => EndAsync().GetAwaiter().GetResult();

    /// <summary>The transforms that YARP has by itself.</summary>
    [Benchmark(Baseline = true)]
    public Task<HttpRequestMessage> YarpAsync() => TransformAsync(HttpTransformer.Default, withoutCookies);

    [Benchmark]
    public Task<HttpRequestMessage> GatewayAsync() => TransformAsync(ours, withCookies);

    [Benchmark]
    public Task<HttpRequestMessage> GatewayWithoutOwnCookiesAsync() => TransformAsync(ours, withoutCookies);

    private async Task<HttpContext> SignedInAsync(string cookies)
    {
        var context = new DefaultHttpContext(Incoming.Get("/page", cookies)) { RequestServices = gateway.Services.CreateScope().ServiceProvider };
        context.User = (await context.AuthenticateAsync()).Principal!;
        return context;
    }

    private static async Task<HttpRequestMessage> TransformAsync(HttpTransformer transformer, HttpContext context)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, (Uri?)null);
        await transformer.TransformRequestAsync(context, request, "http://127.0.0.1:1/", CancellationToken.None);
        return request;
    }

    private async Task StartAsync()
    {
        gateway = await GatewayHost.StartAsync();
        var builder = gateway.Services.GetRequiredService<ITransformBuilder>();
        ours = builder.Create(context =>
        {
            foreach (var provider in gateway.Services.GetServices<ITransformProvider>())
                provider.Apply(context);
        });
        withCookies = await SignedInAsync($"{OtherCookies}; {gateway.Cookies}");
        withoutCookies = await SignedInAsync(gateway.Cookies);
        withoutCookies.Request.Headers.Cookie = OtherCookies;
        using var request = await GatewayAsync();
        if (!request.Headers.TryGetValues("X-User-Id", out var user) || user.Single() != GatewayHost.User)
            throw new InvalidOperationException("The transforms did not set the user.");
    }

    private async Task EndAsync() => await gateway.DisposeAsync();
}
