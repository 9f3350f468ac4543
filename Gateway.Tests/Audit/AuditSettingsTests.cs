using Gateway.Audit;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Audit;

public sealed class AuditSettingsTests
{
    [Theory]
    [InlineData("Gateway:Audit:Enabled", "false", 0)]
    [InlineData("Gateway:Audit:Except:0", "login.", 1)]
    public async Task Action_ThatIsNotToBeRecorded_IsNot(string key, string value, int logouts)
    {
        using var folder = new TempFolder();
        await using var stage = await Stage.StartAsync(keys: null, settings => settings
            .With("ConnectionStrings:Users", $"Data Source={folder.File("kept.db")}")
            .With(key, value));
        using var browser = await stage.LogInAsync();
        using var answer = await browser.LogoutAsync();

        await stage.Gateway.DisposeAsync();

        await using var other = await TestGateway.StartAsync(stage.Gateway.Settings);
        Assert.Equal(Enumerable.Repeat(AuditActions.Logout, logouts), (await other.AuditAsync()).Select(what => what.Action));
    }

    [Fact]
    public async Task Exception_OfEveryEvent_IsRefusedByItsKey()
    {
        var start = await GatewayProcess.RunAsync(
            new GatewaySettings().WithRoute("site", "/{**path}", new Uri("http://127.0.0.1:9/")).With("Gateway:Audit:Except:0", ""), null, "config", "check");

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("Gateway:Audit:Except:0: ", start.Out + start.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_TurnedOn_HasALineForEachEventInItsOwnCategory()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:Audit:Log", "true"));
        using var browser = await stage.LogInAsync();

        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("Audited").Count == 1);

        var line = stage.Gateway.Logs.Of("Audited")[0];
        Assert.Equal("Gateway.Audit", line.Category);
        Assert.Contains("login.succeeded by user:42 of user:42 from 127.0.0.1", line.Text, StringComparison.Ordinal);
    }
}
