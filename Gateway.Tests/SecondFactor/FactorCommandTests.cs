using System.Text.Json;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.SecondFactor;

/// <summary>What an operator decides about second factors, and what the trail tells of them.</summary>
public sealed class FactorCommandTests
{
    private readonly TestClock clock = new();

    [Fact]
    public async Task LostFactor_IsTakenAwayWithEverySession()
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = await stage.LogInAsync(remember: true);
        await AuthenticatorApp.SetUpAsync(browser, clock);

        var reset = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "users", "reset-factor", Stage.Email, "--json");
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(0, reset.ExitCode);
        Assert.False(JsonElement.Parse(reset.Out).GetProperty("secondFactor").GetBoolean());
        await Eventually.TrueAsync(async () => await browser.UserAtAsync() is null);
        using var again = await stage.LogInAsync();
        Assert.Equal(Stage.UserId, await again.UserAtAsync());
    }

    [Fact]
    public async Task Demand_IsMadeAndTakenBack()
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = stage.Gateway.NewBrowser();

        var made = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "users", "require-factor", Stage.Email, "--json");
        using var asked = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
        var shown = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "users", "show", Stage.Email, "--json");
        var taken = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "users", "require-factor", Stage.Email, "--off");

        Assert.Equal((0, 0), (made.ExitCode, taken.ExitCode));
        Assert.True(JsonElement.Parse(made.Out).GetProperty("secondFactorRequired").GetBoolean());
        Assert.True(JsonElement.Parse(shown.Out).GetProperty("secondFactorRequired").GetBoolean());
        Assert.Equal("enrol", (await asked.JsonAsync()).GetProperty("factor").GetString());
        using var allowed = await stage.LogInAsync();
        Assert.Equal(Stage.UserId, await allowed.UserAtAsync());
    }

    [Fact]
    public async Task Trail_TellsOfEveryChangeAndEveryWrongCode()
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var owner = await stage.LogInAsync();
        var app = await AuthenticatorApp.SetUpAsync(owner, clock);
        clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = stage.Gateway.NewBrowser();

        using var wrong = await browser.LoginAsync(app.WrongCode());
        using var right = await browser.LoginAsync(app.Code());

        var enabled = await stage.Gateway.OneAsync(AuditActions.SecondFactorEnabled);
        Assert.Equal(("user:42", "user:42", "127.0.0.1"), (enabled.Actor, enabled.Subject, enabled.Address));
        var refused = await stage.Gateway.OneAsync(AuditActions.SecondFactorRefused);
        Assert.Equal((null, "user:42"), (refused.Actor, refused.Subject));
        await Eventually.TrueAsync(async () => (await stage.Gateway.AuditAsync(AuditActions.LoginSucceeded)).Count == 2);
        Assert.Contains(await stage.Gateway.AuditAsync(AuditActions.LoginSucceeded), what => what.Detail == """{"proofs":"pwd otp"}""");
        var trail = string.Concat(await stage.Gateway.AuditAsync());
        Assert.DoesNotContain(app.WrongCode(), trail, StringComparison.Ordinal);
        Assert.DoesNotContain(app.RecoveryCodes[0], trail, StringComparison.Ordinal);
    }
}
