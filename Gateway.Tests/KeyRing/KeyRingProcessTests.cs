using Gateway.Tests.Hosting;

namespace Gateway.Tests.KeyRing;

/// <summary>The same with real processes: killed, started again, and started elsewhere.</summary>
public sealed class KeyRingProcessTests(SharedRedis redis)
{
    [Fact]
    public async Task Browser_IsStillRemembered_AfterTheGatewayWasKilledAndStartedAgainAndElsewhere()
    {
        var keys = redis.NewKeys();
        await using var site = await EchoSite.StartAsync();
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(Settings(site, folder).WithRedis(keys));
        await AddAnnAsync(gateway.Settings);
        using var browser = gateway.NewBrowser();
        using var loggedIn = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);

        await gateway.KillAsync();
        await keys.DeleteAllAsync();
        await gateway.StartAsync();
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        await gateway.KillAsync();
        await keys.DeleteAllAsync();
        using var elsewhere = new TempFolder();
        foreach (var file in Directory.GetFiles(folder.Path))
            File.Copy(file, elsewhere.File(Path.GetFileName(file)));
        await using var redeployed = await GatewayProcess.StartAsync(Settings(site, elsewhere).WithRedis(keys));
        using var there = browser.At(redeployed.BaseAddress);
        browser.Close();
        Assert.Equal(Stage.UserId, await there.UserAtAsync());
    }

    private static GatewaySettings Settings(EchoSite site, TempFolder folder) => new GatewaySettings()
        .WithRoute("site", "/{**path}", site.Address)
        .With("ConnectionStrings:Users", $"Data Source={folder.File("gateway.db")}");

    // The gateway of the test process knows the same database.
    private static async Task AddAnnAsync(GatewaySettings settings)
    {
        await using var gateway = await TestGateway.StartAsync(settings);
        await gateway.AddUserAsync(Stage.Email, Stage.Password, Stage.UserId);
    }
}
