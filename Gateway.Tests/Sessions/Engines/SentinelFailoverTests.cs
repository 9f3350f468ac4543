using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Hosting.Engines;

namespace Gateway.Tests.Sessions.Engines;

/// <summary>Sentinels make a replica the primary, and both gateways find it.</summary>
[Collection(typeof(Alone))]
public sealed class SentinelFailoverTests(FreshEngines<SentinelEngine> engines) : IClassFixture<FreshEngines<SentinelEngine>>
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(15);

    private readonly SentinelEngine engine = engines.Next();

    [Fact]
    public Task PrimaryKilled_EverybodyIsServedAgainByTheNextOne() => FailOverAsync(() => engine.Primary.StopAsync());

    // As where one machine carries both. The first sentinel is the one that was asked.
    [Fact]
    public Task PrimaryKilled_WithASentinel_EverybodyIsServedAgainByTheNextOne() =>
        FailOverAsync(() => Task.WhenAll(engine.Primary.StopAsync(), engine.Sentinels[0].StopAsync()));

    [Fact]
    public Task PrimaryFrozen_EverybodyIsServedAgainByTheNextOne() => FailOverAsync(() => engine.Primary.FreezeAsync());

    [Fact]
    public Task Failover_ThatWasPlanned_EverybodyIsServedByTheNextOne() =>
        FailOverAsync(() => RedisCli.AskAsync(engine.Sentinels[0], "SENTINEL", "FAILOVER", "site"));

    private async Task FailOverAsync(Func<Task> failAsync)
    {
        await using var stage = await Stage.StartAsync(engine.NewKeys(), settings => settings.With("Gateway:Session:CacheFor", "00:00:01"));
        var other = await stage.StartNodeAsync();
        await HearsAsync(stage.Gateway, times: 1);
        await HearsAsync(other, times: 1);
        await using var crowd = await Crowd.GatherAsync(stage, other, size: 6);
        using var over = new CancellationTokenSource();
        var longest = LongestPageAsync(stage.Gateway, over.Token);
        var (before, start) = (engine.Primary.Port, TimeProvider.System.GetTimestamp());

        await failAsync();

        await Eventually.TrueAsync(async () => await PrimaryAsync() != before, Promise);
        TestContext.Current.SendDiagnosticMessage($"next primary after {TimeProvider.System.GetElapsedTime(start)}");
        await LogInAsync(stage.Gateway, start);
        await LogInAsync(other, start);
        await crowd.EverybodyServedAsync(Promise - TimeProvider.System.GetElapsedTime(start));
        TestContext.Current.SendDiagnosticMessage($"everybody after {TimeProvider.System.GetElapsedTime(start)}");
        await AssertHeardAsync(stage, other);
        await AssertHeardAsync(stage, other);
        crowd.AssertNoComplaint();
        await over.CancelAsync();
        // The client waits for sentinels in threads that pages need as well.
        Assert.InRange(await longest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    /// <summary>The longest that a page took which asks nothing of Redis.</summary>
    private static async Task<TimeSpan> LongestPageAsync(TestGateway node, CancellationToken cancellationToken)
    {
        using var browser = node.NewBrowser();
        var longest = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            var start = TimeProvider.System.GetTimestamp();
            using var page = await browser.GetAsync("/_gateway/login");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            if (TimeProvider.System.GetElapsedTime(start) is var taken && taken > longest)
                longest = taken;
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }

        return longest;
    }

    private static Task HearsAsync(TestGateway node, int times) => Eventually.TrueAsync(() => node.Logs.Of("RevocationChannelUp").Count >= times);

    private async Task<int> PrimaryAsync()
    {
        var answer = await RedisCli.AskAsync(engine.Sentinels[1], "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "site");
        return int.Parse(answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task LogInAsync(TestGateway node, long start)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                using var browser = node.NewBrowser();
                using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
                return answer.StatusCode is HttpStatusCode.OK;
            },
            Promise - TimeProvider.System.GetElapsedTime(start));
    }

    // A copy lives for a second: that it is gone sooner is the message.
    private static async Task AssertHeardAsync(Stage stage, TestGateway other)
    {
        using var browser = await stage.LogInAsync();
        var old = browser.Cookies.Copy();
        using var there = browser.At(other.BaseAddress);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        using var answer = await there.FetchAsync("/_gateway/logout", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using var stolen = new Browser(stage.Gateway.BaseAddress, old);
        await Eventually.TrueAsync(async () => await stolen.UserAtAsync() is null, TimeSpan.FromSeconds(1));
    }
}
