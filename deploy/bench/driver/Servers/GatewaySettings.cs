namespace Bench.Servers;

/// <summary>How a row's gateway is started: variables of its environment, and a runtime configuration in place of its own.</summary>
internal sealed record GatewaySettings(IReadOnlyDictionary<string, string> Environment, string? RuntimeConfiguration = null)
{
    public static GatewaySettings Shipped { get; } = With();

    public static GatewaySettings With(params (string Key, string Value)[] variables) =>
        new(variables.ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal));
}
