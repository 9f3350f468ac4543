using Gateway.Tests.Hosting;
using Gateway.Tests.Hosting.Engines;

namespace Gateway.Tests.Sessions.Engines;

/// <summary>What an operator is told who got TLS, the user or the password wrong.</summary>
[Collection(typeof(OnSecured))]
public sealed class AccessTests(SecuredEngine engine)
{
    [Theory]
    [InlineData("getex")]
    [InlineData("mget")]
    [InlineData("del")]
    [InlineData("zadd")]
    [InlineData("publish")]
    [InlineData("subscribe")]
    public async Task RightThatIsMissing_IsNamed(string right)
    {
        Assert.Null(await FaultAsync(engine.ConnectionString));
        await engine.AskAsync(["ACL", "SETUSER", "lesser", "reset", "on", $">{SecuredEngine.Password}", .. SecuredEngine.Rights, "-" + right]);

        var fault = await FaultAsync(engine.StringFor("lesser", SecuredEngine.Password));

        Assert.Contains(right, fault, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("gateway", "swordfish-but-wrong", "off")]
    [InlineData("gateway", "swordfish-but-wrong", "on")]
    [InlineData("nobody", SecuredEngine.Password, "off")]
    public async Task WrongUserOrPassword_IsToldWithoutThePassword(string user, string password, string strangers)
    {
        // With a default user that needs no password, a connection lives on in spite of a wrong one.
        await engine.AskAsync("ACL", "SETUSER", "default", strangers);

        var check = await CheckAsync(engine.StringFor(user, password), trusted: engine.RootFile);

        await engine.AskAsync("ACL", "SETUSER", "default", "off");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("password", check.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", check.Out + check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_OfAnAuthorityThatNobodyTrusts_IsRefused()
    {
        var check = await CheckAsync(engine.ConnectionString, trusted: null);

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("certificate", check.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", check.Out + check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_OfAnotherHost_IsRefused()
    {
        var check = await CheckAsync(engine.ConnectionString.Replace(SecuredEngine.Host, "redis.example.com", StringComparison.Ordinal), engine.RootFile);

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("certificate", check.Out, StringComparison.Ordinal);
    }

    private static Task<CommandResult> CheckAsync(string connectionString, string? trusted) => GatewayProcess.RunAsync(
        new GatewaySettings().With("ConnectionStrings:Redis", connectionString).With("SERedis_IssuerCertPath", trusted), null, "config", "check");

    private static Task<string?> FaultAsync(string connectionString) => GatewayRedis.FaultAsync(connectionString, TestContext.Current.CancellationToken);
}
