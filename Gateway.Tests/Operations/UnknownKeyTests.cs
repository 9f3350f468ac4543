using Gateway.Tests.Hosting;

namespace Gateway.Tests.Operations;

/// <summary>Slips of an operator's hand beside the section Gateway.</summary>
public sealed class UnknownKeyTests
{
    [Theory]
    [InlineData("serve")]
    [InlineData("config check")]
    public async Task Start_WithSlipsInOtherSections_NamesEachOfThem(string command)
    {
        var settings = new GatewaySettings()
            .With("ConnectionStrings:Reddis", "127.0.0.1")
            .With("ReverseProxy:Routs:site:ClusterId", "site")
            .With("ReverseProxy:Routes:site:Match:Path", "/{**path}")
            .With("ReverseProxy:Routes:site:ClusterId", "stie")
            .With("ReverseProxy:Routes:site:AuthorisationPolicy", "Role:editor")
            .With("ReverseProxy:Routes:site:Match:Method:0", "GET")
            .With("ReverseProxy:Clusters:site:Destinations:one:Address", "127.0.0.1:8080");

        var start = await GatewayProcess.RunAsync(settings, null, command.Split(' '));

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("ConnectionStrings:Reddis: is unknown", start.Error, StringComparison.Ordinal);
        Assert.Contains("ReverseProxy:Routs: is unknown", start.Error, StringComparison.Ordinal);
        Assert.Contains("ReverseProxy:Routes:site:AuthorisationPolicy: is unknown", start.Error, StringComparison.Ordinal);
        Assert.Contains("ReverseProxy:Routes:site:Match:Method: is unknown", start.Error, StringComparison.Ordinal);
        Assert.Contains("ReverseProxy:Routes:site:ClusterId: there is no cluster 'stie'", start.Error, StringComparison.Ordinal);
        Assert.Contains("ReverseProxy:Clusters:site:Destinations:one:Address: '127.0.0.1:8080'", start.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAnAddressThatIsNone_SaysSoWithoutAStackTrace()
    {
        using var folder = new TempFolder();

        var start = await GatewayProcess.RunAsync(await new GatewaySettings().DefaultsInAsync(folder), null, "--urls=foo");

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("Urls: ", start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", start.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithADatabaseInNoFolder_NamesTheKeyAndTheFile()
    {
        var settings = new GatewaySettings().With("ConnectionStrings:Users", "Data Source=/nowhere/at/all/gateway.db");

        var start = await GatewayProcess.RunAsync(settings, null, "users", "list");

        Assert.Equal(1, start.ExitCode);
        Assert.StartsWith("ConnectionStrings:Users: /nowhere/at/all/gateway.db", start.Error, StringComparison.Ordinal);
    }
}
