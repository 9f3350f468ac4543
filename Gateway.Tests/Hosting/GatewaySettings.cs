using Gateway.Users;

namespace Gateway.Tests.Hosting;

/// <summary>The configuration of a gateway under test; passed as settings, never by the repository's appsettings.json.</summary>
internal sealed class GatewaySettings
{
    private readonly Dictionary<string, string?> values = new(StringComparer.OrdinalIgnoreCase);

    public GatewaySettings()
    {
    }

    private GatewaySettings(GatewaySettings other)
    {
        values = new(other.values, StringComparer.OrdinalIgnoreCase);
        AppSettings = other.AppSettings;
    }

    public IReadOnlyDictionary<string, string?> Values => values;

    /// <summary>The appsettings.json to start with; keys that are also settings cannot be changed by it later.</summary>
    public string? AppSettings { get; private set; }

    public GatewaySettings With(string key, string? value)
    {
        values[key] = value;
        return this;
    }

    /// <summary>Sets the key unless the test has said otherwise.</summary>
    public GatewaySettings Default(string key, string? value)
    {
        values.TryAdd(key, value);
        return this;
    }

    /// <summary>A route to one destination; without a policy it needs a signed-in user.</summary>
    public GatewaySettings WithRoute(string name, string path, Uri destination, string? policy = null)
    {
        if (policy is not null)
            With($"ReverseProxy:Routes:{name}:AuthorizationPolicy", policy);
        return With($"ReverseProxy:Routes:{name}:ClusterId", name)
            .With($"ReverseProxy:Routes:{name}:Match:Path", path)
            .With($"ReverseProxy:Clusters:{name}:Destinations:only:Address", destination.AbsoluteUri);
    }

    /// <summary>Sessions in these keys of a Redis; nodes given the same keys share their sessions.</summary>
    public GatewaySettings WithRedis(RedisKeys keys) =>
        With("ConnectionStrings:Redis", keys.ConnectionString).With("Gateway:Session:KeyPrefix", keys.Prefix);

    /// <summary>The Redis at the other end of a line.</summary>
    public GatewaySettings Over(FaultyLine line) => With("ConnectionStrings:Redis", $"127.0.0.1:{line.Port}");

    public GatewaySettings WithAppSettings(string json)
    {
        AppSettings = json;
        return this;
    }

    public GatewaySettings Copy() => new(this);

    /// <summary>What every gateway under test needs: nothing outside its own folder and the loopback address.</summary>
    public async Task<GatewaySettings> DefaultsInAsync(TempFolder folder)
    {
        if (!values.ContainsKey("ConnectionStrings:Users"))
            await WithUsersInAsync(folder);
        return Default("Gateway:Management:Url", "http://127.0.0.1:0")
            // A test that ends its gateway does not wait for a balancer.
            .Default("Gateway:Drain:Delay", "00:00:00");
    }

    private async Task WithUsersInAsync(TempFolder folder)
    {
        var engine = UsersOnAttribute.OfThisTest;
        With("Gateway:Users:Provider", engine.ToString());
        With("ConnectionStrings:Users", engine is UserDatabaseProvider.PostgreSql ? await SharedPostgreSql.NewAsync(folder) : await MigratedFile.NewAsync(folder));
    }
}
