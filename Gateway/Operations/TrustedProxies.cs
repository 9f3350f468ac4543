using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Gateway.Operations;

/// <summary>The key <c>Gateway:TrustedProxies</c>: addresses and networks whose <c>X-Forwarded-*</c> headers are believed.</summary>
internal sealed class ProxySettings : IValidatableObject
{
    public string[] TrustedProxies { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var index = 0; index < TrustedProxies.Length; index++)
        {
            if (!IPNetwork.TryParse(TrustedProxies[index], out _) && !IPAddress.TryParse(TrustedProxies[index], out _))
                yield return new ValidationResult($"'{TrustedProxies[index]}' is neither an address nor a network such as 10.0.0.0/8", [$"{nameof(TrustedProxies)}:{index}"]);
        }
    }
}

internal static class TrustedProxies
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder) => builder.AddSettings<ProxySettings>("Gateway");

    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<ProxySettings>().TrustedProxies;
        if (trusted.Length == 0)
            return;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var entry in trusted)
        {
            if (IPAddress.TryParse(entry, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(IPNetwork.Parse(entry));
        }

        app.UseForwardedHeaders(options);
    }
}
