using BenchmarkDotNet.Attributes;

namespace Micro;

/// <summary>From the server's hand to the application and back, beside YARP alone with the same cookies; the answer takes no time.</summary>
[MemoryDiagnoser]
public class WholeRequest
{
    private GatewayHost gateway = null!;
    private BareHost bare = null!;

    // Nobody awaits a task here when the benchmarks run in this process.
    [GlobalSetup]
    public void Start() => StartAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void End() => EndAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public Task<string?> BareAsync() => bare.GetAsync(gateway.Cookies);

    [Benchmark]
    public Task<string?> GatewayAsync() => gateway.GetAsync(gateway.Cookies);

    /// <summary>Refused with 401, without a session to look for.</summary>
    [Benchmark]
    public Task<string?> StrangerAsync() => gateway.GetAsync(cookies: null);

    private async Task StartAsync()
    {
        gateway = await GatewayHost.StartAsync();
        bare = await BareHost.StartAsync();
        if (await GatewayAsync() != GatewayHost.User || await gateway.GetAsync(cookies: null) is not null)
            throw new InvalidOperationException("The gateway did not tell the application of its user.");
        if (await BareAsync() != "nobody")
            throw new InvalidOperationException("YARP alone did not reach the application.");
    }

    private async Task EndAsync()
    {
        await gateway.DisposeAsync();
        await bare.DisposeAsync();
    }
}
