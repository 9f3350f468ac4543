using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Gateway.Operations.Management;

/// <summary>The section <c>Gateway:Management</c>.</summary>
internal sealed class ManagementSettings : IValidatableObject
{
    public const string Section = "Gateway:Management";
    public const string UrlKey = $"{Section}:{nameof(Url)}";

    /// <summary>Where health and metrics are served; empty: nowhere.</summary>
    public string Url { get; set; } = "http://127.0.0.1:5099";

    public bool IsOn => !string.IsNullOrWhiteSpace(Url);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && !IsListenable(Url))
            yield return new ValidationResult("must be a URL such as http://127.0.0.1:5099: http or https, an IP address, localhost or *, no path", [nameof(Url)]);
    }

    private static bool IsListenable(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address is { Scheme: "http" or "https", PathBase: "", Port: >= 0 and <= IPEndPoint.MaxPort } && IsListenableHost(address.Host);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // Kestrel takes any other name for "every address of this machine", which nobody means who writes one.
    private static bool IsListenableHost(string host) =>
        host is "*" or "+" || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out _);
}
