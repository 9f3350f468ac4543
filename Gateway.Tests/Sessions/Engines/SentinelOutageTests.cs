using System.Globalization;
using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Hosting.Engines;

namespace Gateway.Tests.Sessions.Engines;

/// <summary>The sentinels have nobody to name, or are not there themselves.</summary>
[Collection(typeof(Alone))]
public sealed class SentinelOutageTests : IAsyncLifetime
{
    private readonly SentinelEngine engine = new();

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    [Fact]
    public async Task OutageOfAllServers_HoweverLong_LeavesNoConnectionsBehind()
    {
        await using var stage = await Stage.StartAsync(engine.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        var before = await ClientsAsync("connected_clients:", "clients");
        await engine.StopServersAsync();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        var connections = await ClientsAsync("total_connections_received:", "stats");
        await Eventually.TrueAsync(async () => await ClientsAsync("total_connections_received:", "stats") >= connections + 10, TimeSpan.FromSeconds(60));

        Assert.InRange(await ClientsAsync("connected_clients:", "clients"), 0, before + 3);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    public async Task Start_WhileNoSentinelIsThere_IsMadeUpFor()
    {
        await Task.WhenAll(engine.Sentinels.Select(sentinel => sentinel.StopAsync()));
        await using var stage = await Stage.StartAsync(engine.NewKeys());
        using var browser = stage.Gateway.NewBrowser();
        using var refused = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        await Task.WhenAll(engine.Sentinels.Select(sentinel => sentinel.LaunchAsync()));

        await Eventually.TrueAsync(async () =>
        {
            using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
            return answer.StatusCode is HttpStatusCode.OK && await browser.UserAtAsync() == Stage.UserId;
        });
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RevocationChannelUp").Count > 0);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private async Task<int> ClientsAsync(string name, string section)
    {
        var text = await RedisCli.AskAsync(engine.Sentinels[0], "INFO", section);
        return int.Parse(text.Split(name)[1].Split('\r', '\n')[0], CultureInfo.InvariantCulture);
    }
}
