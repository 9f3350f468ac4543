using Gateway.Tests.Hosting;
using Gateway.Tests.Hosting.Engines;

namespace Gateway.Tests.Sessions.Engines;

/// <summary>What an operator is told who got TLS, the user or the password wrong.</summary>
[Collection(typeof(OnSecured))]
public sealed class AccessTests(SecuredEngine engine)
{
    /// <summary>
    /// Each that README names: one that nobody misses would be one too many. But for two: without the first the library does not come so
    /// far as to be refused anything, and without the second it sends every script as a text.
    /// </summary>
    public static TheoryData<string> Commands { get; } =
        [.. SecuredEngine.Rights.Where(right => right.StartsWith('+') && right is not "+echo" and not "+script|load").Select(right => right[1..])];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task RightThatIsMissing_IsNamed(string right)
    {
        Assert.Null(await FaultAsync(engine.ConnectionString));

        Assert.Contains(right, await FaultWithoutAsync(right), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task RightToEcho_ThatIsMissing_LetsNobodyIn() => Assert.NotNull(await FaultWithoutAsync("echo"));

    [Theory]
    [InlineData("gateway", "swordfish-but-wrong", "off")]
    [InlineData("gateway", "swordfish-but-wrong", "on")]
    [InlineData("nobody", SecuredEngine.Password, "off")]
    public async Task WrongUserOrPassword_IsToldWithoutThePassword(string user, string password, string strangers)
    {
        // With a default user that needs no password, a connection lives on in spite of a wrong one.
        await engine.AskAsync("ACL", "SETUSER", "default", strangers);

        var fault = await FaultAsync(engine.StringFor(user, password));

        await engine.AskAsync("ACL", "SETUSER", "default", "off");
        Assert.Contains("password", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_OfAnAuthorityThatNobodyTrusts_IsRefused()
    {
        // Whom a process trusts is in its environment.
        var check = await GatewayProcess.RunAsync(
            new GatewaySettings().With("ConnectionStrings:Redis", engine.ConnectionString).With("SERedis_IssuerCertPath", null), null, "config", "check");

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("certificate", check.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", check.Out + check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_OfAnotherHost_IsRefused()
    {
        var fault = await FaultAsync(engine.ConnectionString.Replace(SecuredEngine.Host, "redis.example.com", StringComparison.Ordinal));

        Assert.Contains("certificate", fault, StringComparison.Ordinal);
    }

    private async Task<string?> FaultWithoutAsync(string right)
    {
        await engine.AskAsync(["ACL", "SETUSER", "lesser", "reset", "on", $">{SecuredEngine.Password}", .. SecuredEngine.Rights, "-" + right]);
        return await FaultAsync(engine.StringFor("lesser", SecuredEngine.Password));
    }

    private static Task<string?> FaultAsync(string connectionString) => GatewayRedis.FaultAsync(connectionString, TestContext.Current.CancellationToken);
}
