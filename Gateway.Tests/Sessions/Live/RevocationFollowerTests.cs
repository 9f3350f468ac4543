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
