using Gateway.Forwarding;
using Microsoft.AspNetCore.Authorization;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Operations;

/// <summary>What YARP has against the section <c>ReverseProxy</c>, all of it at once.</summary>
internal sealed class RouteFaults(IConfigValidator validator, IProxyConfigProvider provider)
{
    private const string Section = "ReverseProxy";

    // By services of their own: those of the gateway need settings, which may have faults themselves.
    public static async Task<IReadOnlyList<ConfigurationFault>> FindAsync(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAuthorization().AddSingleton<IAuthorizationPolicyProvider, RoutePolicies>();
        services.AddReverseProxy().LoadFromConfig(configuration.GetSection(Section));
        await using var provider = services.BuildServiceProvider();
        return await ActivatorUtilities.CreateInstance<RouteFaults>(provider).FindAsync();
    }

    private async Task<IReadOnlyList<ConfigurationFault>> FindAsync()
    {
        IProxyConfig proxy;
        try
        {
            proxy = provider.GetConfig();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            return [new ConfigurationFault(Section, exception.Message)];
        }

        var faults = new List<ConfigurationFault>();
        foreach (var route in proxy.Routes)
        {
            var key = $"{Section}:Routes:{route.RouteId}";
            faults.AddRange((await validator.ValidateRouteAsync(route)).Select(fault => new ConfigurationFault(key, fault.Message)));
            if (!proxy.Clusters.Any(cluster => string.Equals(cluster.ClusterId, route.ClusterId, StringComparison.OrdinalIgnoreCase)))
                faults.Add(new ConfigurationFault(key + ":ClusterId", $"there is no cluster '{route.ClusterId}'"));
        }

        foreach (var cluster in proxy.Clusters)
        {
            var key = $"{Section}:Clusters:{cluster.ClusterId}";
            faults.AddRange((await validator.ValidateClusterAsync(cluster)).Select(fault => new ConfigurationFault(key, fault.Message)));
            foreach (var (name, destination) in cluster.Destinations ?? new Dictionary<string, DestinationConfig>(StringComparer.Ordinal))
            {
                if (!Uri.TryCreate(destination.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                    faults.Add(new ConfigurationFault($"{key}:Destinations:{name}:Address", $"'{destination.Address}' is not an http or https address"));
            }
        }

        return faults;
    }
}
