using System.Text;

namespace Gateway.Operations;

internal static class Server
{
    /// <summary>The public listener. Where it listens is ASP.NET Core's own configuration: <c>Urls</c> or <c>Kestrel:Endpoints</c>.</summary>
    public static void AddServer(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<GatewayMeter>();
        builder.Services.AddSingleton<Outages>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // How large a body may be is the application's business; the gateway's own endpoints have a limit of theirs.
            kestrel.Limits.MaxRequestBodySize = null;
            // One character for each byte: a header that is not UTF-8 passes unharmed.
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        });
    }
}
