using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.StepUp;

/// <summary>A path that an application might read as one of a route that asks for more is not forwarded by a route that asks for less.</summary>
public sealed class DemandingPathTests
{
    private readonly TestClock clock = new();

    [Theory]
    [InlineData("//money/page")]
    [InlineData("/money%2Fpage")]
    [InlineData("/money;a/page")]
    [InlineData("/mon%2565y/page")]
    [InlineData("//vault/page")]
    [InlineData("/vault%5Cpage")]
    public async Task Path_InAnotherSpelling_AsksNobodyForLess(string target)
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();
        clock.Advance(TimeSpan.FromMinutes(11));

        using var answer = await browser.SendAsync(browser.Request(HttpMethod.Get, target));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Path_OfTwoRoutesThatAskForTheSame_IsForwarded()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();

        Assert.Equal(Stage.UserId, await browser.UserAtAsync("/money//gold/page"));
    }

    private Task<Stage> StartAsync() => Stage.StartAsync(
        keys: null,
        settings => Route(Route(Route(settings, "gold", "/money/gold/{**path}"), "money", "/money/{**path}"), "vault", "/vault/{**path}")
            .With("ReverseProxy:Routes:gold:Metadata:Gateway.ReauthenticateWithin", "00:10:00")
            .With("ReverseProxy:Routes:money:Metadata:Gateway.ReauthenticateWithin", "00:10:00")
            .With("ReverseProxy:Routes:vault:Metadata:Gateway.SecondFactor", "required"),
        clock);

    private static GatewaySettings Route(GatewaySettings settings, string name, string path) =>
        settings.With($"ReverseProxy:Routes:{name}:ClusterId", "site").With($"ReverseProxy:Routes:{name}:Match:Path", path);
}
