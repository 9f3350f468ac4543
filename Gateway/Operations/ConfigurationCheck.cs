using Gateway.Forwarding;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Operations;

/// <summary>Everything that is wrong with the configuration, each with its key. Reaches nothing outside the process.</summary>
internal static class ConfigurationCheck
{
    /// <param name="routesToo">Commands that forward nothing can do with settings that are right.</param>
    public static async Task<IReadOnlyList<ConfigurationFault>> FindConfigurationFaultsAsync(this IServiceProvider services, bool routesToo)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var faults = new SettingsFaults(configuration, services.GetServices<SettingsSection>(), services).Find().ToList();
        faults.AddRange(UnknownKeys(configuration, "ConnectionStrings", "Users", "Redis"));
        faults.AddRange(UnknownKeys(configuration, ProxyRules.Section, "Routes", "Clusters"));
        faults.AddRange(ConnectionFaults(configuration));
        // Made of settings, so only when each of those is right by itself.
        if (faults.Count == 0)
            faults.AddRange(CookieFaults(services.GetServices<GatewayCookie>()));
        if (routesToo)
            faults.AddRange(await RouteFaults.FindAsync(configuration));
        return faults;
    }

    /// <summary>Tells the operator what stops start-up; exit code 1.</summary>
    public static int Report(this IReadOnlyList<ConfigurationFault> faults)
    {
        Console.Error.WriteLine(faults.Count == 1 ? "The configuration has a fault:" : $"The configuration has {faults.Count} faults:");
        foreach (var fault in faults)
            Console.Error.WriteLine($"  {fault}");
        return 1;
    }

    private static IEnumerable<ConfigurationFault> UnknownKeys(IConfiguration configuration, string section, params string[] known) =>
        from child in configuration.GetSection(section).GetChildren()
        where !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
        select new ConfigurationFault(child.Path, $"is unknown; known here are {string.Join(", ", known)}");

    // The later one would replace the earlier one in every browser.
    private static IEnumerable<ConfigurationFault> CookieFaults(IEnumerable<GatewayCookie> cookies) => cookies
        .GroupBy(cookie => cookie.Name, StringComparer.OrdinalIgnoreCase)
        .Where(named => named.Count() > 1)
        .Select(named => new ConfigurationFault("Gateway", $"Session:CookieName and RememberMe:CookieName must differ from each other, from gateway.csrf, gateway.known, gateway.language and gateway.login; '{named.Key}' is there twice"));

    private static IEnumerable<ConfigurationFault> ConnectionFaults(IConfiguration configuration)
    {
        if (RedisOptions.Fault(configuration[RedisConnection.Key]) is { } redis)
            yield return new ConfigurationFault(RedisConnection.Key, redis);
        if (Enum.TryParse<UserDatabaseProvider>(configuration[$"{UsersSettings.Section}:Provider"] ?? nameof(UserDatabaseProvider.Sqlite), ignoreCase: true, out var provider)
            && UserConnection.Fault(configuration, provider) is { } users)
            yield return new ConfigurationFault(UserConnection.Key, users);
    }
}
