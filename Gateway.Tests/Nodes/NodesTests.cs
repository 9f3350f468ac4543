using System.Net;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Nodes;

/// <summary>Several gateways with one Redis and one user database, each with copies of its own: a visitor notices nothing of it.</summary>
public sealed class NodesTests(SharedRedis redis)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Logout_AtOneNode_IsKnownToAllWithinASecond(int count)
    {
        await using var stage = await StartAsync();
        var nodes = await NodesAsync(stage, count);
        using var browser = await stage.LogInAsync(remember: true);
        await AssertServedFromCopiesAsync(nodes, browser);
        // What somebody has who copied the cookies in time: both, the session alone, the remembered browser alone.
        var (both, session, remembered) = (browser.Cookies.Copy(), browser.Cookies.Copy(), browser.Cookies.Copy());
        session[Stage.RememberCookie] = null;
        remembered[Stage.SessionCookie] = null;

        using var last = browser.At(nodes[^1].BaseAddress);
        using var answer = await last.FetchAsync("/_gateway/logout", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        // Before anybody asks: a copy that is in use is renewed now and then, and would be found out by that as well.
        await Eventually.TrueAsync(() => !nodes.Exists(node => Copy(node, session) is not null), Second);
        Assert.False(await IsServedAsync(nodes, session));
        Assert.False(await IsServedAsync(nodes, both));
        Assert.False(await IsServedAsync(nodes, remembered));
    }

    [Fact]
    public async Task Decision_ByCommand_ReachesEveryNode()
    {
        await using var stage = await StartAsync();
        var nodes = await NodesAsync(stage, 3);
        using var browser = await stage.LogInAsync(remember: true);
        await AssertServedFromCopiesAsync(nodes, browser);
        Assert.All(await AskAllAsync(nodes, browser.Cookies, "/edit/page"), status => Assert.Equal(HttpStatusCode.Forbidden, status));

        Assert.Equal(0, (await nodes[0].RunCommandAsync("users", "roles", Stage.Email, "editor")).ExitCode);
        await EventuallyAllAsync(nodes, browser, "/edit/page", HttpStatusCode.OK);
        var disabled = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "users", "disable", Stage.Email);
        await EventuallyAllAsync(nodes, browser, "/page", HttpStatusCode.Unauthorized);

        Assert.Equal(0, disabled.ExitCode);
    }

    private Task<Stage> StartAsync() =>
        Stage.StartAsync(redis.NewKeys(), settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));

    private static async Task<List<TestGateway>> NodesAsync(Stage stage, int count)
    {
        var nodes = new List<TestGateway> { stage.Gateway };
        while (nodes.Count < count)
            nodes.Add(await stage.StartNodeAsync());
        return nodes;
    }

    // Until the channel is heard, a node asks Redis every time.
    private static Task AssertServedFromCopiesAsync(List<TestGateway> nodes, Browser browser) => Eventually.TrueAsync(async () =>
        await IsServedAsync(nodes, browser.Cookies) && nodes.TrueForAll(node => Copy(node, browser.Cookies) is not null));

    private static SessionPrincipal? Copy(TestGateway node, CookieJar cookies)
    {
        Assert.True(SessionId.TryParse(cookies[Stage.SessionCookie], out var id));
        return node.Services.GetRequiredService<SessionCache>().Find(id.Key);
    }

    private static async Task<bool> IsServedAsync(List<TestGateway> nodes, CookieJar cookies) =>
        (await AskAllAsync(nodes, cookies, "/page")).Contains(HttpStatusCode.OK);

    private static Task EventuallyAllAsync(List<TestGateway> nodes, Browser browser, string path, HttpStatusCode status) =>
        Eventually.TrueAsync(async () => Array.TrueForAll(await AskAllAsync(nodes, browser.Cookies, path), seen => seen == status), Promise);

    private static Task<HttpStatusCode[]> AskAllAsync(List<TestGateway> nodes, CookieJar cookies, string path) => Task.WhenAll(nodes.Select(async node =>
    {
        using var browser = new Browser(node.BaseAddress, cookies.Copy());
        using var answer = await browser.FetchAsync(path);
        return answer.StatusCode;
    }));
}
