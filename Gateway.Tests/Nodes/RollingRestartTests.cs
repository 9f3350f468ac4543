using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Nodes;

/// <summary>Real gateways behind a real nginx, restarted one after the other while visitors go on.</summary>
[Collection(typeof(Alone))]
public sealed class RollingRestartTests(SharedRedis redis)
{
    private const int Visitors = 6;

    [Fact]
    public async Task Gateways_RestartedInTurn_CostNobodyAnErrorOrALogin()
    {
        await using var site = await EchoSite.StartAsync();
        using var folder = new TempFolder();
        var settings = Settings(site, folder);
        await using (var gateway = await TestGateway.StartAsync(settings.Copy().With("Gateway:Drain:Delay", "00:00:00")))
            Assert.Equal("", (await gateway.RunCommandAsync("users", "import", Users(folder))).Error);
        var started = await Task.WhenAll(GatewayProcess.StartAsync(settings), GatewayProcess.StartAsync(settings));
        await using var first = started[0];
        await using var second = started[1];
        await using var front = await NginxFront.StartAsync([first.BaseAddress, second.BaseAddress]);
        await using var load = await RestartLoad.StartAsync(front.Address, Visitors);
        await load.PassAsync(5);

        foreach (var gateway in (GatewayProcess[])[first, second])
        {
            var ending = gateway.StopAsync();
            await Eventually.TrueAsync(async () => ending.IsCompleted || await ReadyAsync(gateway) == HttpStatusCode.ServiceUnavailable);
            Assert.False(ending.IsCompleted, gateway.Output);
            Assert.Equal(0, await ending);
            await load.PassAsync(5);
            await gateway.StartAsync();
            await Eventually.TrueAsync(async () => await ReadyAsync(gateway) == HttpStatusCode.OK);
            await load.PassAsync(10);
        }

        Assert.True(load.Faults.IsEmpty, $"{string.Join('\n', load.Faults)}\n{front.Log}");
        Assert.True(load.Logins >= 3, $"{load.Logins} logins");
    }

    private GatewaySettings Settings(EchoSite site, TempFolder folder) => new GatewaySettings()
        .WithRoute("site", "/{**path}", site.Address)
        .WithRedis(redis.NewKeys())
        .With("ConnectionStrings:Users", $"Data Source={folder.File("gateway.db")}")
        .With("Gateway:TrustedProxies:0", "127.0.0.1")
        .With("Gateway:Drain:Delay", "00:00:01.500");

    private static string Users(TempFolder folder)
    {
        // At the gateway's own cost: one that is lower is made anew at the login.
        var options = Options.Create(new PasswordHasherOptions { IterationCount = UserServices.PasswordIterations });
        var hash = new PasswordHasher<string>(options).HashPassword("", Stage.Password);
        File.WriteAllLines(folder.File("users.csv"), ["id,email,hash", .. Enumerable.Range(0, Visitors + 1).Select(number => $"{number},{RestartLoad.Email(number)},{hash}")]);
        return folder.File("users.csv");
    }

    private static async Task<HttpStatusCode?> ReadyAsync(GatewayProcess gateway)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(new Uri(gateway.ManagementAddress, "/health/ready"), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
