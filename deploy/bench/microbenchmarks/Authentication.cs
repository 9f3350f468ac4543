using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Micro;

/// <summary>From the session's cookie to the principal that this node keeps, by the scheme as the framework calls it.</summary>
[MemoryDiagnoser]
public class Authentication
{
    private GatewayHost gateway = null!;

    // Nobody awaits a task here when the benchmarks run in this process.
    [GlobalSetup]
    public void Start() => StartAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void End() => EndAsync().GetAwaiter().GetResult();

    [Benchmark]
    public Task<AuthenticateResult> CookieToPrincipalAsync() => AuthenticateAsync(gateway.Cookies);

    /// <summary>What of it is the framework's: the context and the handler of a request.</summary>
    [Benchmark(Baseline = true)]
    public Task<AuthenticateResult> NoCookieAsync() => AuthenticateAsync(cookies: null);

    // A scope of its own for each request, as the server makes one: the framework keeps a handler for as long.
    private async Task<AuthenticateResult> AuthenticateAsync(string? cookies)
    {
        await using var request = gateway.Services.CreateAsyncScope();
        var context = new DefaultHttpContext(Incoming.Get("/page", cookies)) { RequestServices = request.ServiceProvider };
        return await context.AuthenticateAsync();
    }

    private async Task StartAsync()
    {
        gateway = await GatewayHost.StartAsync();
        if (!(await CookieToPrincipalAsync()).Succeeded || (await NoCookieAsync()).Succeeded)
            throw new InvalidOperationException("The cookie was not what decided.");
    }

    private async Task EndAsync() => await gateway.DisposeAsync();
}
