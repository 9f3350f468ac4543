using Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Forwarding;

public sealed class ReloadTests
{
    private const int ReloadRefused = 1402;

    [Fact]
    public async Task Change_OfTheRoutes_TakesEffectWithoutARestart()
    {
        await using var one = RawDestination.Start(_ => RawDestination.Ok("one"));
        await using var two = RawDestination.Start(_ => RawDestination.Ok("two"));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithAppSettings(Routes(one.Address, "Anonymous")));
        Assert.Equal("one", await BodyAsync(gateway));

        gateway.WriteAppSettings(Routes(two.Address, "Anonymous"));

        await Eventually.TrueAsync(async () => await BodyAsync(gateway) == "two");
    }

    [Fact]
    public async Task Change_OfAPolicy_ClosesTheRoute()
    {
        await using var site = RawDestination.Start();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithAppSettings(Routes(site.Address, "Anonymous")));
        Assert.Equal(200, (await AskAsync(gateway)).Status);

        gateway.WriteAppSettings(Routes(site.Address, "Role:admin"));

        await Eventually.TrueAsync(async () => (await AskAsync(gateway)).Status == 401);
    }

    [Theory]
    [InlineData("""{ "ReverseProxy": { "Routes": { """)]
    [InlineData("")]
    [InlineData("not JSON at all")]
    public async Task File_ThatCannotBeRead_IsRefusedAndLogged(string broken)
    {
        await using var site = RawDestination.Start(_ => RawDestination.Ok("one"));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithAppSettings(Routes(site.Address, "Anonymous")));

        gateway.WriteAppSettings(broken);

        await Eventually.TrueAsync(() => gateway.Logs.Of(ReloadRefused).Count > 0);
        Assert.Equal("one", await BodyAsync(gateway));
        await StillReloadsAsync(gateway);
    }

    [Fact]
    public async Task File_ThatIsGone_IsRefusedAndLogged()
    {
        await using var site = RawDestination.Start(_ => RawDestination.Ok("one"));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithAppSettings(Routes(site.Address, "Anonymous")));

        gateway.DeleteAppSettings();

        await Eventually.TrueAsync(() => gateway.Logs.Of(ReloadRefused).Count > 0);
        Assert.Equal("one", await BodyAsync(gateway));
        await StillReloadsAsync(gateway);
    }

    [Theory]
    [InlineData("Nonsense", "/{**rest}")]
    [InlineData("Role:", "/{**rest}")]
    [InlineData("Anonymous", "/{**rest")]
    [InlineData("Anonymous", "")]
    public async Task Route_ThatIsInvalid_IsRefusedAndLogged(string policy, string path)
    {
        await using var site = RawDestination.Start(_ => RawDestination.Ok("one"));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithAppSettings(Routes(site.Address, "Anonymous")));

        gateway.WriteAppSettings(Routes(site.Address, policy, path));

        await Eventually.TrueAsync(() => gateway.Logs.Entries.Any(entry =>
            entry.Level >= LogLevel.Error && entry.Category.StartsWith("Yarp", StringComparison.Ordinal)));
        Assert.Equal("one", await BodyAsync(gateway));
        await StillReloadsAsync(gateway);
    }

    [Theory]
    [InlineData("\"ClusterId\": \"site\"", "\"ClusterId\": \"stie\"", "there is no cluster 'stie'")]
    [InlineData("http://", "", "is not an http or https address")]
    public async Task Change_ThatLeadsNowhere_IsRefusedAndLogged(string right, string wrong, string reason)
    {
        await using var site = RawDestination.Start(_ => RawDestination.Ok("one"));
        var json = Routes(site.Address, "Anonymous");
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithAppSettings(json));

        gateway.WriteAppSettings(json.Replace(right, wrong, StringComparison.Ordinal));

        await Eventually.TrueAsync(() => gateway.Logs.Containing(reason).Count > 0);
        Assert.Equal("one", await BodyAsync(gateway));
        await StillReloadsAsync(gateway);
    }

    private static async Task StillReloadsAsync(TestGateway gateway)
    {
        await using var next = RawDestination.Start(_ => RawDestination.Ok("next"));
        gateway.WriteAppSettings(Routes(next.Address, "Anonymous"));
        await Eventually.TrueAsync(async () => await BodyAsync(gateway) == "next");
    }

    private static async Task<string> BodyAsync(TestGateway gateway) => (await AskAsync(gateway)).BodyText;

    private static Task<RawMessage> AskAsync(TestGateway gateway) =>
        RawHttp.ExchangeAsync(gateway.BaseAddress, "GET /page HTTP/1.1\r\nHost: x\r\n\r\n");

    private static string Routes(Uri destination, string policy, string path = "/{**rest}") => $$"""
        {
          "ReverseProxy": {
            "Routes": { "site": { "ClusterId": "site", "AuthorizationPolicy": "{{policy}}", "Match": { "Path": "{{path}}" } } },
            "Clusters": { "site": { "Destinations": { "one": { "Address": "{{destination}}" } } } }
          }
        }
        """;
}
