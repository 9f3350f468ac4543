using System.Text.Json;
using Gateway.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Audit.Webhook;

public sealed class WebhookTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Events_ArriveInOrderWithASignatureThatHolds()
    {
        await using var receiver = AuditReceiver.Start(Secret);
        await using var stage = await StartAsync(receiver);
        using var browser = await stage.LogInAsync();
        using var answer = await browser.LogoutAsync();

        await Eventually.TrueAsync(() => receiver.Events.Count == 2, Patience);

        Assert.Equal([AuditActions.LoginSucceeded, AuditActions.Logout], receiver.Events.Select(Action));
        Assert.Empty(receiver.Forgeries);
        var login = receiver.Events[0];
        Assert.Equal("user:42", login.GetProperty("subject").GetString());
        Assert.Equal("127.0.0.1", login.GetProperty("address").GetString());
        Assert.Equal(TimeSpan.Zero, login.GetProperty("at").GetDateTimeOffset().Offset);
    }

    [Fact]
    public async Task Events_WithAnotherSecretThanTheReceivers_AreSentAgainUntilItIsRight()
    {
        await using var receiver = AuditReceiver.Start(Secret + "!");
        await using var stage = await StartAsync(receiver);
        using var browser = await stage.LogInAsync();

        await Eventually.TrueAsync(() => receiver.Forgeries.Count > 1, Patience);

        Assert.Empty(receiver.Events);
        Assert.Contains("it answered 401", Assert.Single(stage.Gateway.Logs.Of("WebhookFails")).Text, StringComparison.Ordinal);
        Assert.Empty(stage.Gateway.Logs.Containing(Secret));
    }

    [Fact]
    public async Task Receiver_ThatWasDownWhileTheGatewayWasRestarted_MissesNothing()
    {
        using var folder = new TempFolder();
        await using var receiver = AuditReceiver.Start(Secret);
        await using var stage = await StartAsync(receiver, folder);
        using var before = await stage.LogInAsync();
        await Eventually.TrueAsync(() => receiver.Events.Count == 1, Patience);
        receiver.IsDown = true;
        // More than a batch.
        for (var number = 0; number < 250; number++)
            stage.Gateway.Services.GetRequiredService<Gateway.Audit.AuditTrail>().Note(new AuditEvent { Action = $"test.{number}" });
        await Eventually.TrueAsync(() => receiver.Requests > 2, Patience);
        await stage.Gateway.DisposeAsync();

        receiver.IsDown = false;
        await using var restarted = await TestGateway.StartAsync(stage.Gateway.Settings);

        await Eventually.TrueAsync(() => receiver.Events.Count >= 251, Patience);
        Assert.Equal(Enumerable.Range(0, 250).Select(number => $"test.{number}"), receiver.Events.Skip(1).Select(Action));
    }

    [Fact]
    public async Task TwoNodes_SendEachEventOnce()
    {
        await using var receiver = AuditReceiver.Start(Secret);
        await using var stage = await StartAsync(receiver);
        var second = await stage.StartNodeAsync();

        for (var number = 0; number < 300; number++)
        {
            var node = number % 2 == 0 ? stage.Gateway : second;
            node.Services.GetRequiredService<Gateway.Audit.AuditTrail>().Note(new AuditEvent { Action = "test.noted" });
        }

        await Eventually.TrueAsync(() => receiver.Events.Count >= 300, Patience);
        Assert.Equal(300, receiver.Events.Select(what => what.GetProperty("id").GetInt64()).Distinct().Count());
        Assert.Equal(300, receiver.Events.Count);
    }

    [Theory]
    [Requirement("P12")]
    [InlineData("http://siem.example.org/", Secret, "Gateway:Audit:Webhook:Url: must be an https address")]
    [InlineData("siem.example.org", Secret, "Gateway:Audit:Webhook:Url: must be an https address")]
    [InlineData("https://siem.example.org/", "changeme", "Gateway:Audit:Webhook:Secret: must have at least 32 bytes")]
    [InlineData("https://siem.example.org/", "", "Gateway:Audit:Webhook:Secret: must have at least 32 bytes")]
    public async Task Setting_ThatIsUnsafe_StopsTheStartWithItsKey(string url, string secret, string fault)
    {
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().With("Gateway:Audit:Webhook:Url", url).With("Gateway:Audit:Webhook:Secret", secret).DefaultsInAsync(folder);

        var refused = await GatewayProcess.RunAsync(settings, null, "users", "list");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(fault, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("changeme", refused.Error, StringComparison.Ordinal);
    }

    private static string? Action(JsonElement what) => what.GetProperty("action").GetString();

    private static Task<Stage> StartAsync(AuditReceiver receiver, TempFolder? folder = null) => Stage.StartAsync(keys: null, settings => Kept(settings, folder)
        .With("Gateway:Audit:Webhook:Url", receiver.Address.AbsoluteUri)
        .With("Gateway:Audit:Webhook:Secret", Secret));

    // In a folder that outlives the gateway.
    private static GatewaySettings Kept(GatewaySettings settings, TempFolder? folder) =>
        folder is null ? settings : settings.With("ConnectionStrings:Users", $"Data Source={folder.File("kept.db")}");
}
