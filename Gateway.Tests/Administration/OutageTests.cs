using System.Net;
using Gateway.Audit;
using Gateway.Tests.Account;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Sessions.Outage;

namespace Gateway.Tests.Administration;

/// <summary>While Redis is away, an administrator decides all the same.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task User_DisabledWhileRedisIsAway_IsOutAtOnce_AndStaysOut()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await AdministrationVisits.StartAsync(server.Keys(), settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));
        using var ann = await stage.LogInKnownAsync(remember: true);
        using var browser = await stage.LogInAsAdministratorAsync();
        Assert.Equal(AdministrationVisits.Id, await browser.UserAtAsync());
        await server.StopAsync();
        await stage.EventuallyAwayAsync(browser);

        using var page = await browser.ReadAsync(AdministrationVisits.Ann);
        using var answer = await browser.DecideAsync("disable", Stage.UserId);
        var during = await ann.IsServedAsOutAsync();
        await server.StartAsync();

        Assert.Contains("can't be told", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        answer.AssertDone("disabled");
        Assert.True(during);
        await Eventually.TrueAsync(async () => await stage.LogInStatusAsync(Stage.Password) == HttpStatusCode.Unauthorized);
        await Eventually.TrueAsync(ann.IsServedAsOutAsync);
        await stage.Gateway.OneAsync(AuditActions.UserDisabled);
    }
}

internal static class OutVisits
{
    /// <summary>Neither a page nor a failure of the gateway's own.</summary>
    public static async Task<bool> IsServedAsOutAsync(this Browser browser)
    {
        using var answer = await browser.GetAsync("/page");
        return answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.ServiceUnavailable;
    }
}
