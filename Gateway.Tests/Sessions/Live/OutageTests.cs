using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Live;

/// <summary>A store that does not answer has not said that a session is over.</summary>
public sealed class OutageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("frozen")]
    [InlineData("stopped")]
    public async Task Outage_EndsNothingAndIsSaidOnce(string outage)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        using var socket = await OpenStream.SocketAsync(browser);
        using var events = await OpenStream.EventsAsync(browser, stage.Site);

        await (outage == "frozen" ? server.FreezeAsync() : server.StopAsync());
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RequestsNotChecked").Count > 0);
        var start = TimeProvider.System.GetTimestamp();
        // Two more sweeps.
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(4.5));

        Assert.Equal("still here", await socket.EchoAsync("still here"));
        Assert.False(events.Ended.IsCompleted);
        Assert.Single(stage.Gateway.Logs.Of("RequestsNotChecked"));
        if (outage == "frozen")
            await server.ThawAsync();
    }

    [Fact]
    public async Task Outage_ThatOutlastsItsGrace_EndsWhatNobodyCanVouchFor()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.With("Gateway:Session:OutageGrace", "00:00:01"));
        using var browser = await stage.LogInAsync();
        using var socket = await OpenStream.SocketAsync(browser);

        await server.StopAsync();

        await socket.Ended.WaitAsync(TimeSpan.FromSeconds(15), Token);
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RequestsAborted").Any(entry => entry.Text.Contains("OutageGrace", StringComparison.Ordinal)));
    }
}
