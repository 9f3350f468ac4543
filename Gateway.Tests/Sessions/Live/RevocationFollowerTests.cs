using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Live;

/// <summary>A revocation is acted on as it arrives. The clock stands still, so that no sweep comes to its aid.</summary>
public sealed class RevocationFollowerTests(SharedRedis redis)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private readonly TestClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Socket_EndsAtOnceWithoutWaitingForTheSweep(bool inRedis)
    {
        await using var stage = await Stage.StartAsync(inRedis ? redis.NewKeys() : null, clock: clock);
        using var browser = await stage.LogInAsync();
        using var socket = await OpenStream.SocketAsync(browser);
        clock.Advance(TimeSpan.FromSeconds(1));

        using var answer = await browser.LogoutAsync();

        await socket.Ended.WaitAsync(Promised, Token);
    }

    [Fact]
    public async Task Socket_AtAnotherNode_EndsAtOnce()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), clock: clock);
        var other = await stage.StartNodeAsync();
        await Eventually.TrueAsync(() => other.Logs.Of("RevocationChannelUp").Count > 0);
        using var browser = await stage.LogInAsync();
        using var socket = await OpenStream.SocketAsync(browser.At(other.BaseAddress));
        clock.Advance(TimeSpan.FromSeconds(1));

        using var answer = await browser.LogoutAsync();

        await socket.Ended.WaitAsync(Promised, Token);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("events")]
    public async Task Stream_OfARouteWhoseRoleTheUserLoses_EndsAndTheOthersStay(string kind)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings
            .With("ReverseProxy:Routes:edit:Transforms:0:PathRemovePrefix", "/edit")
            .With("ReverseProxy:Routes:public:Transforms:0:PathRemovePrefix", "/public"));
        await using var commandLine = await TestGateway.StartAsync(stage.Gateway.Settings);
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["editor"]));
        using var browser = await stage.LogInAsync();
        using var free = await OpenStream.SocketAsync(browser);
        using var open = await OpenStream.SocketAsync(browser, "/public/ws");
        using var edit = kind == "socket" ? await OpenStream.SocketAsync(browser, "/edit/ws") : await OpenStream.EventsAsync(browser, stage.Site, "/edit/events");

        await commandLine.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["reader"]));

        await edit.Ended.WaitAsync(Promised + Promised, Token);
        Assert.Equal(kind == "socket" ? "not allowed any more" : null, edit.CloseReason);
        Assert.Equal("still here", await free.EchoAsync("still here"));
        Assert.Equal("still here", await open.EchoAsync("still here"));
    }

    [Fact]
    public async Task Socket_OfAUserWhoseRolesChange_StaysOpen()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();
        using var socket = await OpenStream.SocketAsync(browser);

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["editor"]));
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("SessionUpdated").Count > 0);

        Assert.Equal("still here", await socket.EchoAsync("still here"));
    }
}
