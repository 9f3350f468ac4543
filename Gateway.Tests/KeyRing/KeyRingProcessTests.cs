using Gateway.KeyRing;
using Gateway.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

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

    [Fact]
    public async Task Processes_TwoAtOnceOnAnEmptyDatabase_MakeOneKeyAndTakeEachOthersCookies()
    {
        var keys = redis.NewKeys();
        await using var site = await EchoSite.StartAsync();
        using var folder = new TempFolder();
        var settings = Settings(site, folder).WithRedis(keys);

        var gateways = await Task.WhenAll(GatewayProcess.StartAsync(settings), GatewayProcess.StartAsync(settings));

        // A form is signed: who has no key yet makes one for it.
        await Task.WhenAll(gateways.Select(ShowLoginAsync));
        await AddAnnAsync(settings);
        foreach (var (here, there) in ((GatewayProcess, GatewayProcess)[])[(gateways[0], gateways[1]), (gateways[1], gateways[0])])
        {
            using var browser = here.NewBrowser();
            using var loggedIn = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);
            using var elsewhere = browser.At(there.BaseAddress);
            Assert.Equal(Stage.UserId, await elsewhere.UserAtAsync());
            browser.Close();
            Assert.Equal(Stage.UserId, await elsewhere.UserAtAsync());
        }

        foreach (var gateway in gateways)
            await gateway.DisposeAsync();
    }

    private static async Task ShowLoginAsync(GatewayProcess gateway)
    {
        using var browser = gateway.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login");
        page.EnsureSuccessStatusCode();
    }

    private static GatewaySettings Settings(EchoSite site, TempFolder folder) => new GatewaySettings()
        .WithRoute("site", "/{**path}", site.Address)
        .With("ConnectionStrings:Users", $"Data Source={folder.File("gateway.db")}");

    // The gateway of the test process knows the same database, and that its ring has one key.
    private static async Task AddAnnAsync(GatewaySettings settings)
    {
        await using var gateway = await TestGateway.StartAsync(settings);
        await gateway.AddUserAsync(Stage.Email, Stage.Password, Stage.UserId);
        Assert.Equal(1, await gateway.InDatabaseAsync(
            database => database.Set<StoredKey>().CountAsync(TestContext.Current.CancellationToken)));
    }
}
