using System.Text.Json;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

/// <summary>A proxy in front sends the requests of many visitors over one connection, and a browser those of one visitor after another.</summary>
public sealed class KeptConnectionTests(SharedRedis shared)
{
    [Fact]
    public async Task Connection_OfSeveralVisitors_TellsTheApplicationWhoEachIs()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRedis(shared.NewKeys()).WithRoute("site", "/{**path}", site.Address));
        var (ann, bob) = (await SignInAsync(gateway, "ann", "1"), await SignInAsync(gateway, "bob", "2"));
        using var connection = await RawHttp.ConnectAsync(gateway.BaseAddress);
        string[] cookies = [ann, ann, bob, ann, "", bob, $"{bob}; theme=dark", $"{ann}; theme=dark", bob + "x", "theme=dark", bob];
        string?[] users = ["1", "1", "2", "1", null, "2", "2", "1", null, null, "2"];

        foreach (var (cookie, user) in cookies.Zip(users))
        {
            var header = cookie.Length == 0 ? "" : $"Cookie: {cookie}\r\n";
            await connection.SendAsync($"GET /page HTTP/1.1\r\nHost: x\r\n{header}\r\n");
            var answer = await connection.ResponseAsync();

            Assert.Equal(user is null ? 401 : 200, answer!.Status);
            if (user is not null)
                Assert.Equal(user, JsonSerializer.Deserialize<EchoedRequest>(answer.Body, JsonSerializerOptions.Web)!.Header("X-User-Id"));
        }
    }

    [Fact]
    public async Task Connection_WhoseSessionEndsMeanwhile_IsNobodys()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRedis(shared.NewKeys()).WithRoute("site", "/{**path}", site.Address));
        var ann = await SignInAsync(gateway, "ann", "1");
        using var connection = await RawHttp.ConnectAsync(gateway.BaseAddress);

        Assert.Equal(200, await StatusAsync(connection, ann));
        await gateway.ChangeUserAsync("ann@example.org", (accounts, user) => accounts.RevokeAsync(user));

        await Eventually.TrueAsync(async () => await StatusAsync(connection, ann) == 401);
    }

    private static async Task<int> StatusAsync(RawHttp connection, string cookie)
    {
        await connection.SendAsync($"GET /page HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n");
        return (await connection.ResponseAsync())!.Status;
    }

    private static async Task<string> SignInAsync(TestGateway gateway, string name, string id)
    {
        await gateway.AddUserAsync($"{name}@example.org", "a long pass phrase", id);
        using var browser = gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync($"{name}@example.org", "a long pass phrase");
        return answer.SetCookies("gateway.sid").Single().Split(';')[0];
    }
}
