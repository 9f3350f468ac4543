namespace Micro;

/// <summary>One route for everything, for the gateway and for the bare proxy.</summary>
internal static class SiteRoute
{
    public static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["ReverseProxy:Routes:site:ClusterId"] = "site",
        ["ReverseProxy:Routes:site:Match:Path"] = "/{**path}",
        ["ReverseProxy:Clusters:site:Destinations:one:Address"] = "http://127.0.0.1:1/",
    };
}
