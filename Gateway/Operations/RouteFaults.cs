using Gateway.Forwarding;
using Microsoft.AspNetCore.Authorization;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Operations;

/// <summary>What YARP has against the section <c>ReverseProxy</c>, all of it at once.</summary>
internal sealed class RouteFaults(IConfiguration configuration, IConfigValidator validator, IProxyConfigProvider provider)
{
    // By services of their own: those of the gateway need settings, which may have faults themselves.
    public static async Task<IReadOnlyList<ConfigurationFault>> FindAsync(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAuthorization().AddSingleton<IAuthorizationPolicyProvider, RoutePolicies>();
        services.AddReverseProxy().LoadFromConfig(configuration.GetSection(ProxyRules.Section));
        await using var provider = services.BuildServiceProvider();
        return await ActivatorUtilities.CreateInstance<RouteFaults>(provider, configuration).FindAsync();
    }

    private async Task<IReadOnlyList<ConfigurationFault>> FindAsync()
    {
        IProxyConfig proxy;
        try
        {
            proxy = provider.GetConfig();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            return [new ConfigurationFault(ProxyRules.Section, exception.Message)];
        }

        var faults = new List<ConfigurationFault>();
        var clusters = proxy.Clusters.Select(cluster => cluster.ClusterId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var route in proxy.Routes)
        {
            var key = $"{ProxyRules.Section}:Routes:{route.RouteId}";
            faults.AddRange((await validator.ValidateRouteAsync(route)).Select(fault => new ConfigurationFault(key, fault.Message)));
            var hasCluster = route.ClusterId is not null && clusters.Contains(route.ClusterId);
            faults.AddRange(ProxyRules.Faults(route, hasCluster, configuration).Select(fault => new ConfigurationFault(fault.Key, fault.Message)));
        }

        foreach (var cluster in proxy.Clusters)
        {
            var key = $"{ProxyRules.Section}:Clusters:{cluster.ClusterId}";
            faults.AddRange((await validator.ValidateClusterAsync(cluster)).Select(fault => new ConfigurationFault(key, fault.Message)));
            faults.AddRange(ProxyRules.Faults(cluster).Select(fault => new ConfigurationFault(fault.Key, fault.Message)));
        }

        return faults;
    }
}
