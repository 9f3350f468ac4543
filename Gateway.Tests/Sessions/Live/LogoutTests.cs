using System.Net.WebSockets;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Sessions.Live;

/// <summary>What a session holds open ends when the session is ended, wherever that was done.</summary>
public sealed class LogoutTests(SharedRedis redis)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    [Theory]
    [Requirement("P07")]
    [InlineData("socket", true)]
    [InlineData("socket", false)]
    [InlineData("events", true)]
    [InlineData("events", false)]
    public async Task Stream_EndsWhenItsVisitorLogsOut(string kind, bool inRedis)
    {
        await using var stage = await Stage.StartAsync(inRedis ? redis.NewKeys() : null);
        using var browser = await stage.LogInAsync();
        using var other = await stage.LogInAsync();
        using var stream = await OpenAsync(kind, browser, stage);
        using var elsewhere = await OpenStream.SocketAsync(other);

        using var answer = await browser.LogoutAsync();

        await stream.Ended.WaitAsync(Promised, TestContext.Current.CancellationToken);
        Assert.Equal("still here", await elsewhere.EchoAsync("still here"));
    }

    [Fact]
    public async Task Socket_IsToldThatItsSessionIsOver()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync();
        using var socket = await OpenStream.SocketAsync(browser);

        using var answer = await browser.LogoutAsync();

        await socket.Ended.WaitAsync(Promised, TestContext.Current.CancellationToken);
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "session over"), (socket.CloseStatus, socket.CloseReason));
    }

    [Theory]
    [Requirement("P07")]
    [InlineData("socket")]
    [InlineData("events")]
    public async Task Stream_EndsWhenItsVisitorLogsOutAtAnotherNode(string kind)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        var other = await stage.StartNodeAsync();
        using var browser = await stage.LogInAsync();
        using var stream = await OpenAsync(kind, browser, stage);

        using var answer = await browser.At(other.BaseAddress).LogoutAsync();

        await stream.Ended.WaitAsync(Promised, TestContext.Current.CancellationToken);
    }

    [Theory]
    [Requirement("P07")]
    [InlineData("socket", true)]
    [InlineData("socket", false)]
    [InlineData("events", false)]
    public async Task Stream_EndsWhenItsUserIsDisabled(string kind, bool inRedis)
    {
        await using var stage = await Stage.StartAsync(inRedis ? redis.NewKeys() : null);
        await using var commandLine = await TestGateway.StartAsync(stage.Gateway.Settings);
        using var browser = await stage.LogInAsync();
        using var stream = await OpenAsync(kind, browser, stage);

        await commandLine.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));

        await stream.Ended.WaitAsync(Promised, TestContext.Current.CancellationToken);
    }

    private static Task<OpenStream> OpenAsync(string kind, Browser browser, Stage stage) =>
        kind == "socket" ? OpenStream.SocketAsync(browser) : OpenStream.EventsAsync(browser, stage.Site);
}
