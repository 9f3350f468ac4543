using Gateway.KeyRing;
using Gateway.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Nodes;

/// <summary>Gateways that all start at once on an empty user database: they agree on its tables and on one key.</summary>
public sealed class FirstStartTests(SharedRedis redis)
{
    private const int Count = 3;

    [Fact]
    public async Task Processes_AtOnceOnAnEmptyFile_MakeOneKeyAndTakeEachOthersCookies()
    {
        using var folder = new TempFolder();
        await AssertAgreeAsync(settings => settings.With("ConnectionStrings:Users", $"Data Source={folder.File("gateway.db")}"));
    }

    [Fact]
    public async Task Processes_AtOnceOnAnEmptyPostgreSql_MakeOneKeyAndTakeEachOthersCookies()
    {
        using var folder = new TempFolder();
        var database = await SharedPostgreSql.NewEmptyAsync(folder);
        await AssertAgreeAsync(settings => settings.With("Gateway:Users:Provider", "PostgreSql").With("ConnectionStrings:Users", database));
    }

    private async Task AssertAgreeAsync(Func<GatewaySettings, GatewaySettings> configure)
    {
        await using var site = await EchoSite.StartAsync();
        var settings = configure(new GatewaySettings().WithRoute("site", "/{**path}", site.Address).WithRedis(redis.NewKeys()));
        // All of them, also when one fails: none may be left behind.
        var starting = Enumerable.Range(0, Count).Select(_ => GatewayProcess.StartAsync(settings)).ToList();
        try
        {
            var gateways = await Task.WhenAll(starting);
            // A form is signed: who has no key yet makes one for it.
            await Task.WhenAll(gateways.Select(ShowLoginAsync));
            await AddAnnAsync(settings);
            await Task.WhenAll(gateways.Select((gateway, index) => AssertTakesCookiesAsync(gateway, gateways[(index + 1) % Count])));
        }
        finally
        {
            foreach (var gateway in starting.Where(task => task.IsCompletedSuccessfully))
                await (await gateway).DisposeAsync();
        }
    }

    private static async Task AssertTakesCookiesAsync(GatewayProcess here, GatewayProcess there)
    {
        using var browser = here.NewBrowser();
        using var loggedIn = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);
        using var elsewhere = browser.At(there.BaseAddress);
        Assert.Equal(Stage.UserId, await elsewhere.UserAtAsync());
        browser.Close();
        Assert.Equal(Stage.UserId, await elsewhere.UserAtAsync());
    }

    private static async Task ShowLoginAsync(GatewayProcess gateway)
    {
        using var browser = gateway.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login");
        page.EnsureSuccessStatusCode();
    }

    // The gateway of the test process knows the same database, and that its ring has one key.
    private static async Task AddAnnAsync(GatewaySettings settings)
    {
        await using var gateway = await TestGateway.StartAsync(settings);
        await gateway.AddUserAsync(Stage.Email, Stage.Password, Stage.UserId);
        Assert.Equal(1, await gateway.InDatabaseAsync(
            database => database.Set<StoredKey>().CountAsync(TestContext.Current.CancellationToken)));
    }
}
