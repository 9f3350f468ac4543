using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Tests.Operations.Management;

public sealed class HealthTests(SharedRedis shared)
{
    [Fact]
    public async Task Ready_WithEverythingThere_NamesEachCheckAnd200()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRedis(shared.NewKeys()));

        using var response = await gateway.AskManagementAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            """{"status":"ok","checks":{"gateway":{"status":"ok"},"database":{"status":"ok"},"redis":{"status":"ok"}}}""",
            await response.TextAsync());
    }

    [Fact]
    public async Task Ready_WithoutRedisConfigured_DoesNotAskForOne()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        using var response = await gateway.AskManagementAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("redis", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_WithRedisKilled_NamesRedisAnd503()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRedis(redis.Keys()));
        // Until then the gateway asks by itself, and might find out first.
        await Eventually.TrueAsync(() => gateway.Logs.Of("RevocationChannelUp").Count > 0);

        await redis.StopAsync();
        using var down = await gateway.AskManagementAsync("/health/ready");
        using var live = await gateway.AskManagementAsync("/health/live");
        await redis.StartAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        var (status, error) = await down.CheckAsync("redis");
        Assert.Equal("failed", status);
        Assert.StartsWith("failed: Redis", error, StringComparison.Ordinal);
        Assert.Equal(("ok", null), await down.CheckAsync("database"));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        await Eventually.TrueAsync(async () =>
        {
            using var again = await gateway.AskManagementAsync("/health/ready");
            return again.StatusCode == HttpStatusCode.OK;
        });
        Assert.Single(gateway.Logs.Of(1411));
        Assert.Single(gateway.Logs.Of(1412));
    }

    [Fact]
    public async Task Ready_WithRedisHanging_AnswersWithinSeconds()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRedis(redis.Keys()));
        await redis.FreezeAsync();

        var start = TimeProvider.System.GetTimestamp();
        using var response = await gateway.AskManagementAsync("/health/ready");

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(("failed", "did not answer within a second"), await response.CheckAsync("redis"));
    }

    [Fact]
    public async Task Ready_WithABrokenDatabase_NamesTheDatabaseAnd503()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await using (var scope = gateway.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<UserDatabase>().Database
                .ExecuteSqlRawAsync("""ALTER TABLE "Users" RENAME TO "Lost" """, TestContext.Current.CancellationToken);
        }

        using var response = await gateway.AskManagementAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var (status, reason) = await response.CheckAsync("database");
        Assert.Equal("failed", status);
        Assert.Matches("^failed: (Sqlite|Postgres)Exception$", reason);
    }

    [Fact]
    public async Task Ready_WhileItStarts_Is503()
    {
        var asking = new AskedWhileStarting();
        await using var gateway = await TestGateway.StartAsync(
            new GatewaySettings(), services: services => services.AddHostedService(provider => asking.With(provider)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, asking.Answer?.StatusCode);
        Assert.Equal(("failed", "is starting"), await asking.Answer!.CheckAsync("gateway"));
    }

    [Fact]
    public async Task Ready_WhileTheLastRequestsAreAnswered_Is503()
    {
        // An event stream would be told to end, and then there is nothing to wait for.
        var (asked, answering) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var site = await EchoSite.StartAsync(app => app.Map("/slow", async context =>
        {
            asked.SetResult();
            await answering.Task.WaitAsync(context.RequestAborted);
        }));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**all}", site.Address, "Anonymous"));
        using var browser = gateway.NewBrowser();
        var open = browser.GetAsync("/slow");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var response = await gateway.AskManagementAsync("/health/ready");
        answering.SetResult();
        using var last = await open;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(("failed", "is shutting down"), await response.CheckAsync("gateway"));
    }

    [Fact]
    [Requirement("P12")]
    public async Task Ready_WithAPasswordConfigured_TellsNobody()
    {
        var nowhere = $"127.0.0.1:{LoopbackPort.Next()},password=hunter2,user=gatekeeper";
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().With("ConnectionStrings:Redis", nowhere));

        using var response = await gateway.AskManagementAsync("/health/ready");

        var text = await response.TextAsync();
        Assert.Equal("failed", (await response.CheckAsync("redis")).Status);
        Assert.All(["hunter2", "gatekeeper", "127.0.0.1", "gateway.db"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Empty(gateway.Logs.Containing("hunter2"));
    }
}
