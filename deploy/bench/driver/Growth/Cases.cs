using Bench.Load;
using Bench.Servers;

namespace Bench.Growth;

/// <summary>What there is more and more of, and the servers that it is sent to.</summary>
internal sealed class Cases(Options options, Stage stage)
{
    public const string All = "routes, headers, cookies, bodies, start";

    /// <summary>Application headers: how many, and the length of each.</summary>
    private static readonly (int Count, int Length)[] Headers = [(0, 0), (8, 64), (64, 64), (64, 256)];

    private static readonly int[] Cookies = [0, 50, 200];

    private static readonly (int Count, bool WithRoles)[] Tables = [(1, false), (1, true), (100, false), (5000, false), (5000, true)];

    private readonly Dictionary<string, Contender> servers = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Contender> Servers => servers.Values;

    public IEnumerable<Case> Of(string what) => what switch
    {
        "routes" => Tables.Select(table => On(
            $"{table.Count} {(table.Count == 1 ? "route" : "routes")}{(table.WithRoles ? " with roles" : "")}",
            table.Count,
            table.WithRoles,
            new Ask { Paths = RouteTable.Paths(table.Count) })),
        "headers" => Headers.Select(more => On($"{more.Count} headers, {more.Count * more.Length / 1024.0} KiB", new Ask { Headers = Named(more.Count, more.Length) })),
        "cookies" => Cookies.Select(count => On($"{count} cookies", new Ask { Cookies = count })),
        "bodies" => Site.AnswerSizes.Select(size => On($"answer of {size / 1024} KiB", new Ask { Paths = [$"/answers/{size}"], Answer = size }))
            .Concat(Site.AnswerSizes.Select(size => On($"request of {size / 1024} KiB", new Ask { Paths = ["/bodies/"], Body = size }))),
        _ => throw new InvalidOperationException($"--grow {what}: there are {All}"),
    };

    public Contender Bare(int routes) => Server($"bare-{routes}", name => new BareProxy(Built("bare", "Bare.dll"), stage, name) { Routes = Table(name, routes) });

    public Contender Gateway(int routes, bool withRoles = false) => Server(
        $"gateway-{routes}{(withRoles ? "-roles" : "")}",
        name => new GatewayServer(name, Built("gateway", "Gateway.dll"), GatewaySettings.Shipped, stage) { Routes = Table(name, routes, withRoles) });

    private Case On(string name, Ask ask) => On(name, routes: 1, withRoles: false, ask);

    private Case On(string name, int routes, bool withRoles, Ask ask) =>
        new(name, new Turn($"bare, {name}", Bare(routes), ask), new Turn($"gateway, {name}", Gateway(routes, withRoles), ask));

    private static List<(string Name, string Value)> Named(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(number => $"X-Application-{number:000}").Select(name => (name, new string('v', length - name.Length - ": \r\n".Length)))];

    private Contender Server(string name, Func<string, Contender> make) => servers.TryGetValue(name, out var server) ? server : servers[name] = make(name);

    private RouteTable Table(string name, int routes, bool withRoles = false) => new(stage.FolderOf(name), stage.Site.Address, routes, withRoles);

    private string Built(string folder, string program) => Path.Combine(options.Built, folder, program);
}
