using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

public sealed class RoutePolicyTests(Front front)
{
    [Theory]
    [InlineData("/page", 401, 200, 200)]
    [InlineData("/public/page", 200, 200, 200)]
    [InlineData("/admin/page", 401, 403, 200)]
    [InlineData("/ADMIN", 401, 403, 200)]
    [InlineData("/staff", 401, 200, 200)]
    public async Task Route_IsOpenTo_WhomItsPolicyNames(string path, int stranger, int editor, int admin)
    {
        var answers = new[] { await front.GetAsync(path), await front.GetAsync(path, front.Ann), await front.GetAsync(path, front.Admin) };

        Assert.Equal([stranger, editor, admin], answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.Equal(answer.Status == 200, answer.Seen is not null));
    }

    [Theory]
    [InlineData("Role:editor, admin", 200)]
    [InlineData("role:admin,editor", 200)]
    [InlineData("Role:EDITOR", 403)]
    [InlineData("Role:editors", 403)]
    [InlineData("Default", 200)]
    public async Task Policy_InItsSpellings_MeansWhatItSays(string policy, int editor)
    {
        await using var application = RawDestination.Start();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**rest}", application.Address, policy));
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase", roles: "editor");
        var session = await gateway.SignInAsync("ann@example.org", "a long pass phrase");

        Assert.Equal(editor, (await RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET / HTTP/1.1\r\nHost: x\r\n{session}\r\n\r\n")).Status);
        Assert.Equal(401, (await RawHttp.ExchangeAsync(gateway.BaseAddress, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")).Status);
    }

    [Fact]
    public async Task Policy_ThatIsNone_RefusesTheConfiguration()
    {
        string[] policies = ["Role:", "Role:,", "Role:editor,", "Role:two words", "Roles:editor", "editor", "Anonymus"];
        var settings = new GatewaySettings();
        foreach (var (index, policy) in policies.Index())
            settings.WithRoute($"site{index}", $"/{index}/{{**rest}}", new Uri("http://127.0.0.1:9/"), policy);

        var start = await GatewayProcess.RunAsync(settings, null);

        Assert.Equal(1, start.ExitCode);
        Assert.All(policies.Index(), faulty => Assert.Contains($"Routes:site{faulty.Index}: Authorization policy '{faulty.Item}'", start.Error, StringComparison.Ordinal));
    }
}
