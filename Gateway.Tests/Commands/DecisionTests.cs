using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Commands;

/// <summary>What an operator decides on the command line holds in a gateway that is running: with Redis, and with the embedded store.</summary>
public sealed class DecisionTests(SharedRedis redis)
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);

    [Theory]
    [Requirement("S08", "S09", "S10")]
    [InlineData(true, "users", "disable", "ann@example.org")]
    [InlineData(false, "users", "disable", "ann@example.org")]
    [InlineData(true, "users", "remove", "ann@example.org")]
    [InlineData(false, "users", "remove", "ann@example.org")]
    [InlineData(true, "users", "set-password", "ann@example.org")]
    [InlineData(false, "users", "set-password", "ann@example.org")]
    [InlineData(true, "sessions", "revoke", "ann@example.org")]
    [InlineData(false, "sessions", "revoke", "ann@example.org")]
    public async Task Decision_EndsSessionsAndRememberedBrowsersWithinTenSeconds(bool withRedis, params string[] command)
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await StartAsync(site, withRedis);
        using var browser = gateway.NewBrowser();
        using var loggedIn = await browser.LoginAsync("ann@example.org", "a long pass phrase", remember: true);

        await using var commandLine = await TestGateway.StartAsync(gateway.Settings);
        var decided = await commandLine.RunCommandAsync(command);

        Assert.Equal(0, decided.ExitCode);
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await browser.FetchAsync("/");
                return answer.StatusCode == HttpStatusCode.Unauthorized;
            },
            Promise);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Roles_ReachALiveSessionWithinTenSeconds(bool withRedis)
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await StartAsync(site, withRedis);
        using var browser = gateway.NewBrowser();
        using var loggedIn = await browser.LoginAsync("ann@example.org", "a long pass phrase");
        using var before = await browser.FetchAsync("/editors");

        var decided = await GatewayProcess.RunAsync(gateway.Settings, null, "users", "roles", "ann@example.org", "editor");

        Assert.Equal(HttpStatusCode.Forbidden, before.StatusCode);
        Assert.Equal(0, decided.ExitCode);
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await browser.FetchAsync("/editors");
                return answer.StatusCode == HttpStatusCode.OK;
            },
            Promise);
    }

    [Fact]
    public async Task SessionsList_NamesLiveSessionsAndRememberedBrowsers()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await StartAsync(site, withRedis: true);
        using var browser = gateway.NewBrowser();
        using var loggedIn = await browser.LoginAsync("ann@example.org", "a long pass phrase", remember: true);

        var listed = await gateway.RunCommandAsync("sessions", "list", "ann@example.org");
        var lines = listed.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["browser", "session"], lines.Select(line => line.Split('\t')[0]));
        Assert.DoesNotContain(browser.Cookies["gateway.sid"]!, listed.Out, StringComparison.Ordinal);
    }

    private async Task<TestGateway> StartAsync(EchoSite site, bool withRedis)
    {
        var settings = new GatewaySettings()
            .WithRoute("site", "/{**path}", site.Address)
            .WithRoute("editors", "/editors/{**path}", site.Address, "Role:editor");
        var gateway = await TestGateway.StartAsync(withRedis ? settings.WithRedis(redis.NewKeys()) : settings);
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase", id: "42");
        return gateway;
    }
}
