using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Forwarding.WebSockets;

/// <summary>A proxied request that asks to leave HTTP behind, over HTTP/1.1 or as HTTP/2 does it (RFC 8441), and what became of it.</summary>
internal sealed class UpgradeRequest(HttpContext context, OpenSockets open) : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    private const string WebSocket = "websocket";

    private readonly IHttpUpgradeFeature? upgrade = context.Features.Get<IHttpUpgradeFeature>();
    private readonly IHttpExtendedConnectFeature? connect = context.Features.Get<IHttpExtendedConnectFeature>();
    private volatile ProxiedUpgrade? upgraded;

    public bool IsUpgradableRequest => upgrade is { IsUpgradableRequest: true };

    public bool IsExtendedConnect => connect is { IsExtendedConnect: true };

    public string? Protocol => connect?.Protocol;

    /// <summary>Null until the application has agreed.</summary>
    public ProxiedUpgrade? Upgraded => upgraded;

    /// <summary>Cheap, because hardly any request is one.</summary>
    public static bool MayBe(HttpRequest request) => request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);

    public static UpgradeRequest? Of(HttpContext context) =>
        MayBe(context.Request) ? context.Features.Get<IHttpUpgradeFeature>() as UpgradeRequest : null;

    // The application names the protocol that it chose (RFC 9110 section 7.8).
    public async Task<Stream> UpgradeAsync() =>
        upgraded = open.Add(await upgrade!.UpgradeAsync(), context, IsWebSocket(context.Response.Headers.Upgrade));

    public async ValueTask<Stream> AcceptAsync() => upgraded = open.Add(await connect!.AcceptAsync(), context, IsWebSocket(Protocol));

    private static bool IsWebSocket(string? protocol) => string.Equals(protocol, WebSocket, StringComparison.OrdinalIgnoreCase);
}
