using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Sessions.Live;

/// <summary>A WebSocket over HTTP/1.1 whose traffic is noted.</summary>
internal sealed class CountedUpgrade(IHttpUpgradeFeature inner, Traffic traffic) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync() => new CountedStream(await inner.UpgradeAsync(), traffic);
}

/// <summary>A WebSocket over HTTP/2 (RFC 8441) whose traffic is noted.</summary>
internal sealed class CountedConnect(IHttpExtendedConnectFeature inner, Traffic traffic) : IHttpExtendedConnectFeature
{
    public bool IsExtendedConnect => inner.IsExtendedConnect;

    public string? Protocol => inner.Protocol;

    public async ValueTask<Stream> AcceptAsync() => new CountedStream(await inner.AcceptAsync(), traffic);
}
