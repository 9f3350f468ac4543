namespace Gateway.Tests.Hosting;

public sealed class GatewayProcessTests
{
    [Fact]
    public async Task It_serves_ends_when_asked_and_comes_back_at_the_same_address()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings());
        var port = gateway.BaseAddress.Port;

        Assert.Equal(0, await gateway.StopAsync());
        Assert.False(await LoopbackPort.IsListeningAsync(port, TestContext.Current.CancellationToken));
        await gateway.StartAsync();
        Assert.True(await LoopbackPort.IsListeningAsync(port, TestContext.Current.CancellationToken));
        await gateway.KillAsync();
        Assert.False(await LoopbackPort.IsListeningAsync(port, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_start_that_fails_says_why()
    {
        var settings = new GatewaySettings().With("Kestrel:Endpoints:Wrong:Url", "nonsense");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayProcess.StartAsync(settings));

        Assert.Contains("nonsense", error.Message, StringComparison.Ordinal);
    }
}
