using System.Net;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.SecondFactor;

namespace Gateway.Tests.Account;

/// <summary>While a visitor changes something of their account, an operator decides about them: the decision stands, and nothing is changed.</summary>
public sealed class OvertakenChangeTests
{
    private const string New = "velvet anchor tobacco";

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "users", "disable", Stage.Email)]
    [InlineData(HttpStatusCode.Unauthorized, "users", "remove", Stage.Email)]
    [InlineData(HttpStatusCode.OK, "sessions", "revoke", Stage.Email)]
    public async Task NewPassword_ThatIsHashedMeanwhile_IsNotSet(HttpStatusCode withTheOldOne, params string[] decision)
    {
        using var hashing = new SlowHashing();
        await using var stage = await Stage.StartAsync(keys: null, services: hashing.AddTo);
        using var browser = await stage.LogInAsync(remember: true);

        hashing.Hashed = New;
        var changing = browser.ChangePasswordAsync(Stage.Password, New);
        await hashing.Reached;
        Assert.Equal(0, (await stage.Gateway.RunCommandAsync(decision)).ExitCode);
        hashing.GoOn();
        using var answer = await changing;

        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(New));
        Assert.Equal(withTheOldOne, await stage.LogInStatusAsync(Stage.Password));
        Assert.Null(await browser.UserAtAsync());
        Assert.Empty(await stage.Gateway.AuditAsync(AuditActions.UserPasswordChanged));
    }

    [Theory]
    [InlineData("users", "disable", Stage.Email)]
    [InlineData("sessions", "revoke", Stage.Email)]
    public async Task SecondFactor_ThatIsBeingTurnedOffMeanwhile_StaysOn(params string[] decision)
    {
        using var hashing = new SlowHashing();
        await using var stage = await FactorStage.StartAsync(services: hashing.AddTo);
        using var browser = await stage.LogInAsync();
        using var page = await browser.GetAsync("/_gateway/account/factor");
        var form = await HtmlForm.ReadAsync(page, "input[name=password]");
        stage.Clock.Advance(TimeSpan.FromSeconds(30));

        hashing.Checked = Stage.Password;
        var turning = browser.SubmitAsync(form.Action, [.. form.Fields, new("password", Stage.Password), new("code", stage.App.Code())]);
        await hashing.Reached;
        Assert.Equal(0, (await stage.Gateway.RunCommandAsync(decision)).ExitCode);
        hashing.GoOn();
        using var answer = await turning;

        Assert.Contains("\"secondFactor\":true", (await stage.Gateway.RunCommandAsync("users", "show", Stage.Email, "--json")).Out, StringComparison.Ordinal);
        Assert.Null(await browser.UserAtAsync());
        Assert.Empty(await stage.Gateway.AuditAsync(AuditActions.SecondFactorDisabled));
    }
}
