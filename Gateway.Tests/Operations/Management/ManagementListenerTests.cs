using System.Net;
using System.Net.Sockets;
using Gateway.Operations.Management;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Operations.Management;

public sealed class ManagementListenerTests
{
    [Theory]
    [Requirement("P13")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task PublicListener_DoesNotAnswerHealth_TheApplicationDoes(string path)
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**all}", site.Address, "Anonymous"));
        using var browser = gateway.NewBrowser();

        using var response = await browser.GetAsync(path);

        Assert.Equal(path, (await EchoedRequest.OfAsync(response)).Target);
    }

    [Theory]
    [Requirement("P13")]
    [InlineData("/")]
    [InlineData("/health/live/")]
    [InlineData("/Health/live")]
    [InlineData("/metrics/x")]
    [InlineData("/_gateway/login")]
    public async Task ManagementListener_OnAnyOtherPath_Answers404(string path)
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**all}", site.Address, "Anonymous"));

        using var response = await gateway.AskManagementAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(site.Requests);
    }

    [Fact]
    public async Task ManagementListener_AskedToChangeSomething_Refuses()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        using var response = await gateway.AskManagementAsync("/health/live", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Start_OnPortZero_TellsTheAddress()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        Assert.NotEqual(0, gateway.ManagementAddress.Port);
        Assert.Contains(gateway.ManagementAddress.ToString(), Assert.Single(gateway.Logs.Of(1410)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutAManagementUrl_OpensNoListener()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().With("Gateway:Management:Url", ""));

        Assert.Null(gateway.Services.GetRequiredService<ManagementAddress>().Url);
        Assert.Empty(gateway.Logs.Of(1410));
    }

    [Fact]
    public async Task Start_OnATakenManagementPort_NamesTheKey()
    {
        using var folder = new TempFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var settings = await new GatewaySettings()
            .With("Urls", "http://127.0.0.1:0")
            .With("Gateway:Management:Url", $"http://{taken.LocalEndpoint}")
            .DefaultsInAsync(folder);

        var result = await GatewayProcess.RunAsync(settings, input: null);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Gateway:Management:Url: can't listen on http://{taken.LocalEndpoint}: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.DoesNotContain("   at ", result.Out, StringComparison.Ordinal);
    }
}
