using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

/// <summary>Routes by host name: authorization and the application must mean the same host.</summary>
public sealed class HostAuthorizationTests
{
    [Theory]
    [Requirement("P04")]
    [InlineData("admin.example.org", 403)]
    [InlineData("ADMIN.example.org:8080", 403)]
    [InlineData("admin.example.org.", 400)]
    [InlineData("admin.example.org.:8080", 400)]
    [InlineData("Admin.Example.org..", 400)]
    [InlineData("example.org", 200)]
    [InlineData("example.org.", 200)]
    [InlineData(".:0", 200)]
    public async Task Host_InAnySpelling_IsForwardedOnlyAsItWasAuthorized(string host, int status)
    {
        await using var application = RawDestination.Start(Exchange.Answer);
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings()
            .WithRoute("site", "/{**rest}", application.Address)
            .WithRoute("admin", "/{**rest}", application.Address, "Role:admin")
            .With("ReverseProxy:Routes:admin:Match:Hosts:0", "admin.example.org"));
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase");
        var session = await gateway.SignInAsync("ann@example.org", "a long pass phrase");

        var response = await RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET /x HTTP/1.1\r\nHost: {host}\r\n{session}\r\n\r\n");

        Assert.Equal(status, response.Status);
        Assert.Equal(status == 200 ? 1 : 0, application.Requests.Count);
    }
}
