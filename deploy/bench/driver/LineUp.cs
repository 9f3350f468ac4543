using Bench.Servers;

namespace Bench;

/// <summary>The rows that can be had here, in the order of the table.</summary>
internal static class LineUp
{
    private const string CacheFor = "Gateway__Session__CacheFor";

    public static List<Contender> Of(Options options, Stage stage)
    {
        var gateway = Path.Combine(options.Built, "gateway", "Gateway.dll");
        var bare = Path.Combine(options.Built, "bare", "Bare.dll");
        List<Contender> all =
        [
            new BareProxy(bare, stage),
            new GatewayServer("gateway-same", gateway, StockSettings.Of(bare, gateway, stage), stage),
            new GatewayServer("gateway", gateway, GatewaySettings.Shipped, stage),
            new GatewayServer("cachefor0", gateway, GatewaySettings.With((CacheFor, "00:00:00")), stage),
            new StraightforwardProxy(Path.Combine(options.Built, "straightforward", "Straightforward.dll"), stage),
            new ExpressProxy(processes: 1, stage),
            new ExpressProxy(processes: 2, stage),
            new NginxProxy(stage),
        ];
        if (options.Rows.FirstOrDefault(name => all.All(row => row.Name != name)) is { } unknown)
            throw new InvalidOperationException($"No row is called {unknown}; there are {string.Join(", ", all.Select(row => row.Name))}");
        var rows = all.Where(row => options.Rows.Length == 0 || row.Name == "bare" || options.Rows.Contains(row.Name, StringComparer.Ordinal)).ToList();
        if (!ExpressProxy.IsPossible && rows.RemoveAll(row => row is ExpressProxy) > 0)
            Console.Error.WriteLine("The rows of Express are left out: there is no node with npm here (Debian: nodejs, npm).");
        if (options.Before is { } before)
            rows.Add(new GatewayServer("before", Path.Combine(before, "Gateway.dll"), GatewaySettings.Shipped, stage));
        rows.AddRange(options.Set.Select(Named).GroupBy(set => set.Name, StringComparer.Ordinal).Select(sets =>
            new GatewayServer(sets.Key, gateway, GatewaySettings.With([.. sets.Select(set => (set.Key, set.Value))]), stage)));
        return rows;
    }

    private static (string Name, string Key, string Value) Named(string set) =>
        set.Split(':', 2) is [var name, var setting] && setting.Split('=', 2) is [var key, var value]
            ? (name, key, value)
            : throw new InvalidOperationException($"--set {set}: should be NAME:KEY=VALUE");
}
