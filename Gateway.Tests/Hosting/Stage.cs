using Gateway.Login.Throttle;
using Gateway.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Hosting;

/// <summary>A site behind a gateway, and Ann, who may log in. Below /public anyone may read, below /edit only editors.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Email = "ann@example.org";
    public const string Password = "a long pass phrase";
    public const string UserId = "42";
    public const string SessionCookie = "gateway.sid";
    public const string RememberCookie = "gateway.auth";

    private readonly TimeProvider? clock;
    private readonly Action<IServiceCollection>? services;
    private readonly List<TestGateway> nodes = [];

    private Stage(EchoSite site, TimeProvider? clock, Action<IServiceCollection>? services) =>
        (Site, this.clock, this.services) = (site, clock, services);

    public EchoSite Site { get; }

    /// <summary>The first node.</summary>
    public TestGateway Gateway => nodes[0];

    /// <param name="keys">Absent: the sessions live in the process.</param>
    /// <param name="configure">Settings over those of the stage, where every request asks the store.</param>
    /// <param name="map">Endpoints of the site beside the built-in ones.</param>
    public static async Task<Stage> StartAsync(
        RedisKeys? keys,
        Func<GatewaySettings, GatewaySettings>? configure = null,
        TimeProvider? clock = null,
        Action<WebApplication>? map = null,
        Action<IServiceCollection>? services = null)
    {
        var stage = new Stage(await EchoSite.StartAsync(map), clock, services);
        var settings = stage.Settings();
        settings = keys is null ? settings : settings.WithRedis(keys);
        await stage.StartNodeAsync(configure?.Invoke(settings) ?? settings);
        await stage.Gateway.AddUserAsync(Email, Password, UserId, "Ann", "reader");
        return stage;
    }

    /// <summary>One more gateway with the same Redis and the same user database.</summary>
    public Task<TestGateway> StartNodeAsync() => StartNodeAsync(Gateway.Settings);

    /// <summary>A browser in which Ann has logged in.</summary>
    public async Task<Browser> LogInAsync(bool remember = false)
    {
        var browser = Gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync(Email, Password, remember);
        answer.EnsureSuccessStatusCode();
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        await Site.DisposeAsync();
    }

    private async Task<TestGateway> StartNodeAsync(GatewaySettings settings)
    {
        nodes.Add(await TestGateway.StartAsync(settings, clock, CheapLogins + services));
        return nodes[^1];
    }

    private GatewaySettings Settings() => new GatewaySettings()
        .WithRoute("site", "/{**path}", Site.Address)
        .WithRoute("public", "/public/{**path}", Site.Address, "Anonymous")
        .WithRoute("edit", "/edit/{**path}", Site.Address, "Role:editor")
        .With("Gateway:Identity:Headers:X-Roles", "roles")
        .With("Gateway:Session:CacheFor", "00:00:00");

    // The real cost and the real pause have tests of their own; here they would only be waited for.
    public static void CheapLogins(IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
        services.AddSingleton(provider => new WaitingRoom(provider.GetRequiredService<HashingDemand>()) { Pause = TimeSpan.Zero });
    }
}
