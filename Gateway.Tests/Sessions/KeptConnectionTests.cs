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
        (string Sent, string? User, string? Passed)[] requests =
        [
            (ann, "1", null), (bob, "2", null), (bob + "x", null, null), (bob, "2", null), (ann, "1", null), ("", null, null), (bob, "2", null),
            ($"{bob}; theme=dark", "2", "theme=dark"), ($"{ann}; theme=dark", "1", "theme=dark"), ($"{ann}; theme=pink", "1", "theme=pink"),
            ($"{bob}; {ann}", "1", null), ($"{ann}; {bob}", "2", null), ("theme=dark", null, null), (bob, "2", null),
        ];

        // The second time by what the connection remembers of the first.
        foreach (var (sent, user, passed) in requests.SelectMany(request => Enumerable.Repeat(request, 2)))
        {
            var header = sent.Length == 0 ? "" : $"Cookie: {sent}\r\n";
            await connection.SendAsync($"GET /page HTTP/1.1\r\nHost: x\r\n{header}\r\n");
            var answer = await connection.ResponseAsync();

            Assert.Equal(user is null ? 401 : 200, answer!.Status);
            if (user is null)
                continue;
            var echoed = JsonSerializer.Deserialize<EchoedRequest>(answer.Body, JsonSerializerOptions.Web)!;
            Assert.Equal((user, passed), (echoed.Header("X-User-Id"), echoed.Header("Cookie")));
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
