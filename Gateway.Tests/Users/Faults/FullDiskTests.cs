using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Users;

namespace Gateway.Tests.Users.Faults;

/// <summary>The operating system takes not one byte more from a running gateway, whoever runs the tests.</summary>
[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class FullDiskTests(SharedRedis redis)
{
    [Fact]
    public async Task Gateway_ThatMayWriteToNoFile_ServesWhomItKnowsAndRecovers()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit is Linux's");
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await GatewayProcess.StartWithoutFileSizeSignalAsync(
            new GatewaySettings().WithRedis(redis.NewKeys()).WithRoute("site", "/{**path}", site.Address).With("Gateway:Login:MaxFailures", "1"));
        await gateway.RunAsync(Stage.Password, "users", "add", Stage.Email, "--id", Stage.UserId, "--password-stdin");
        using var visitor = await LogInAsync(gateway, remember: false);
        using var remembered = await LogInAsync(gateway, remember: true);
        remembered.Close();

        await gateway.LimitFilesAsync("0");

        using var browser = gateway.NewBrowser();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var refused = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Null(browser.Cookies[Stage.SessionCookie]);
        }

        Assert.Equal(Stage.UserId, await visitor.UserAtAsync());
        Assert.Equal(Stage.UserId, await remembered.UserAtAsync());
        using var unremembered = await LogInAsync(gateway, remember: false);
        Assert.Equal(Stage.UserId, await unremembered.UserAtAsync());

        await gateway.LimitFilesAsync("unlimited");
        using var later = await LogInAsync(gateway, remember: true);
        later.Close();
        Assert.Equal(Stage.UserId, await later.UserAtAsync());
    }

    private static async Task<Browser> LogInAsync(GatewayProcess gateway, bool remember)
    {
        var browser = gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password, remember);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return browser;
    }
}
