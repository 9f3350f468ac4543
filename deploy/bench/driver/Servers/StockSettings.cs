using System.Text.Json.Nodes;

namespace Bench.Servers;

/// <summary>The gateway with the runtime settings of the bare proxy: whatever it ships to be faster is taken back.</summary>
internal static class StockSettings
{
    private static readonly string[] Tuned = ["System.GC.", "System.Runtime.Tiered", "System.Threading.", "System.Net.Sockets."];

    public static GatewaySettings Of(string bare, string gateway, Stage stage)
    {
        var (stock, shipped) = (Read(bare), Read(gateway));
        var (from, to) = (Properties(stock), Properties(shipped));
        foreach (var name in to.Select(property => property.Key).Where(IsTuned).ToList())
            to.Remove(name);
        foreach (var (name, value) in from.Where(property => IsTuned(property.Key)))
            to[name] = value!.DeepClone();
        var file = Path.Combine(stage.Folder, "stock.runtimeconfig.json");
        File.WriteAllText(file, shipped.ToJsonString());
        return GatewaySettings.With(("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "0")) with { RuntimeConfiguration = file };
    }

    private static JsonNode Read(string program) => JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(program, ".runtimeconfig.json")))!;

    private static JsonObject Properties(JsonNode configuration) => configuration["runtimeOptions"]!["configProperties"]!.AsObject();

    private static bool IsTuned(string name) => Tuned.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
