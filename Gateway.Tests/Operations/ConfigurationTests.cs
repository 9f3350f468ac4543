using Gateway.Tests.Hosting;

namespace Gateway.Tests.Operations;

/// <summary>A wrong configuration stops start-up, with every fault and its key.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task Start_WithManyFaults_TellsAllOfThemAtOnceWithoutAStackTrace()
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Gateway:Sesion:IdleTimeout"] = "00:30:00",
            ["Gateway:Session:IdleTimout"] = "00:30:00",
            ["Gateway:Session:AbsoluteTimeout"] = "30",
            ["Gateway:Session:OutageGrace"] = "-00:00:01",
            ["Gateway:Session:CookieName"] = "a b",
            ["Gateway:RememberMe:Enabled"] = "perhaps",
            ["Gateway:Cookies:Secure"] = "Always",
            ["Gateway:Login:MaxFailures"] = "0",
            ["Gateway:PathPrefix"] = "gateway/",
            ["Gateway:Branding:AccentColor"] = "blue",
            ["Gateway:Branding:HelpUrl"] = "javascript:alert(1)",
            ["Gateway:Branding:Language"] = "tlh",
            ["Gateway:Branding:Logo"] = "nowhere.png",
            ["Gateway:TrustedProxies:0"] = "example.org",
            ["Gateway:Identity:Headers:X-Mail"] = "mail",
            ["Gateway:Users:Provider"] = "Oracle",
            ["ConnectionStrings:Redis"] = "127.0.0.1,nonsense=1",
            ["ReverseProxy:Routes:site:AuthorizationPolicy"] = "Editors",
            ["ReverseProxy:Routes:site:ClusterId"] = "nowhere",
            ["ReverseProxy:Routes:site:Metadata:Gateway.ExtendsSession"] = "no",
            ["ReverseProxy:Routes:site:Metadata:Gateway.ExtendSession"] = "false",
            ["ReverseProxy:Clusters:site:Metadata:Gateway.MaxConcurrentRequests"] = "0",
            ["Gateway:Forwarding:MaxConcurrentRequests"] = "-1",
            ["ReverseProxy:Routes:site:Match:Path"] = "/{**path}",
        };
        var settings = new GatewaySettings();
        foreach (var (key, value) in faults)
            settings.With(key, value);

        var start = await GatewayProcess.RunAsync(settings, null);

        Assert.Equal(1, start.ExitCode);
        Assert.DoesNotContain("   at ", start.Error, StringComparison.Ordinal);
        Assert.Contains("Gateway:Sesion: is unknown", start.Error, StringComparison.Ordinal);
        foreach (var key in faults.Keys.Skip(1).Where(key => !key.EndsWith("Match:Path", StringComparison.Ordinal)))
            Assert.Contains(key.Replace(":AuthorizationPolicy", "", StringComparison.Ordinal) + ":", start.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway:RememberMe:CookieName", "Gateway.sid")]
    [InlineData("Gateway:Session:CookieName", "gateway.csrf")]
    public async Task Start_WithTwoCookiesOfOneName_IsRefused(string key, string name)
    {
        var start = await GatewayProcess.RunAsync(new GatewaySettings().With(key, name), null, "users", "list");

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("CookieName", start.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("first")]
    public async Task Start_WithANumberThatIsNone_IsRefusedWithoutAStackTrace(string order)
    {
        var settings = new GatewaySettings().WithRoute("site", "/{**rest}", new Uri("http://127.0.0.1:1/")).With("ReverseProxy:Routes:site:Order", order);

        var start = await GatewayProcess.RunAsync(settings, null, "config", "check");

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("ReverseProxy: ", start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", start.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithBrokenJson_NamesTheFileAndTheLine()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("appsettings.json"), "{\n  \"Gateway\": {\n", TestContext.Current.CancellationToken);

        var start = await GatewayProcess.RunAsync(new GatewaySettings(), null, "--contentRoot", folder.Path);

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("appsettings.json", start.Error, StringComparison.Ordinal);
        Assert.Contains("LineNumber", start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", start.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnATakenPort_SaysSoWithoutAStackTrace()
    {
        await using var site = await EchoSite.StartAsync();
        using var folder = new TempFolder();

        var start = await GatewayProcess.RunAsync(await new GatewaySettings().DefaultsInAsync(folder), null, "--urls", site.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("address already in use", start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("BackgroundService", start.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigCheck_WithEverythingThere_SaysOkToEach()
    {
        await using var site = await EchoSite.StartAsync();
        await using var redis = await RedisServer.StartNewAsync();
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().WithRedis(redis.Keys()).WithRoute("site", "/{**path}", site.Address).DefaultsInAsync(folder);

        var check = await GatewayProcess.RunAsync(settings, null, "config", "check");

        Assert.Equal(0, check.ExitCode);
        Assert.All(check.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("ok\t", line, StringComparison.Ordinal));
        Assert.Contains("ReverseProxy:Clusters:site:Destinations:only", check.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigCheck_WithRedisAndTheSiteAway_NamesBoth()
    {
        using var folder = new TempFolder();
        var nobody = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}");
        var settings = await new GatewaySettings().With("ConnectionStrings:Redis", nobody.Authority).WithRoute("site", "/{**path}", nobody).DefaultsInAsync(folder);

        var check = await GatewayProcess.RunAsync(settings, null, "config", "check");

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("FAILED\tConnectionStrings:Redis", check.Out, StringComparison.Ordinal);
        Assert.Contains("FAILED\tReverseProxy:Clusters:site:Destinations:only", check.Out, StringComparison.Ordinal);
    }

    // There, the framework checks what each service may ask for.
    [Fact]
    public async Task Start_AsADeveloperDoesIt_Works()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings(), "--environment", "Development");

        Assert.NotEqual(0, gateway.WorkingSet);
    }
}
