using System.Net;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.SecondFactor;

/// <summary>A stage on which Ann has an authenticator app, and the code that confirmed it is used up.</summary>
internal sealed class FactorStage : IAsyncDisposable
{
    private readonly Stage stage;

    private FactorStage(Stage stage, TestClock clock, AuthenticatorApp app) => (this.stage, Clock, App) = (stage, clock, app);

    public TestClock Clock { get; }

    public AuthenticatorApp App { get; }

    public TestGateway Gateway => stage.Gateway;

    public static async Task<FactorStage> StartAsync(
        Func<GatewaySettings, GatewaySettings>? configure = null, Action<IServiceCollection>? services = null)
    {
        var clock = new TestClock();
        var plain = await Stage.StartAsync(keys: null, configure, clock, services: services);
        using var owner = await plain.LogInAsync();
        var app = await AuthenticatorApp.SetUpAsync(owner, clock);
        clock.Advance(TimeSpan.FromSeconds(30));
        return new FactorStage(plain, clock, app);
    }

    public Browser NewBrowser() => Gateway.NewBrowser();

    /// <summary>A browser in which the password was entered, and which is asked for a code.</summary>
    public async Task<Browser> EnterPasswordAsync()
    {
        var browser = NewBrowser();
        using var asked = await browser.LoginAsync(Stage.Email, Stage.Password);
        return browser;
    }

    /// <summary>A browser in which Ann has logged in by password and code.</summary>
    public async Task<Browser> LogInAsync()
    {
        var browser = NewBrowser();
        using var answer = await browser.LoginAsync(App.Code());
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    /// <summary>What somebody gets who logs in as Ann by password and this code, in a browser that is new.</summary>
    public async Task<HttpStatusCode> LogInStatusAsync(string code)
    {
        using var browser = NewBrowser();
        using var answer = await browser.LoginAsync(code);
        return answer.StatusCode;
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();
}
