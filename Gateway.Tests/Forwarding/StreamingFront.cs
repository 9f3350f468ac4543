using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

/// <summary>A gateway in front of a modern application that streams, and the session of a visitor.</summary>
public sealed class StreamingFront : IAsyncLifetime
{
    private TestGateway? gateway;

    internal EchoSite? Site { get; private set; }

    public Uri Address => gateway!.BaseAddress;

    /// <summary>The Cookie header line of a signed-in visitor.</summary>
    public string Session { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Site = await EchoSite.StartAsync();
        gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**rest}", Site.Address));
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase", id: "42");
        Session = await gateway.SignInAsync("ann@example.org", "a long pass phrase");
    }

    public async ValueTask DisposeAsync()
    {
        if (gateway is not null)
            await gateway.DisposeAsync();
        if (Site is not null)
            await Site.DisposeAsync();
    }
}
