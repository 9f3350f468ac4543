using System.Globalization;
using Gateway.Tests.Hosting;

namespace Faults.Servers;

/// <summary>What a fault needs beyond the usual stage.</summary>
/// <param name="Replica">A second Redis that follows the first, both known to the gateways.</param>
/// <param name="SmallDisk">A file system of its own for the user database, which can be filled.</param>
/// <param name="FakeClock">Gateways whose wall clock can be set.</param>
internal sealed record StageNeeds(bool Replica = false, bool SmallDisk = false, bool FakeClock = false, bool PostgreSql = false);

/// <summary>Redis behind a line, a user database, two applications, and two gateways before them, all on the loopback address.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Password = "a long pass phrase";

    private readonly TempFolder folder = new();
    private readonly string gateway;
    private bool isMounted;

    private Stage(string gateway, int seed)
    {
        this.gateway = gateway;
        Redis = new Redis(folder.File("redis"));
        Replica = new Redis(folder.File("replica"));
        Line = new FaultyLine(Redis.Port);
        Random = new Random(seed);
    }

    public Redis Redis { get; }

    public Redis Replica { get; }

    /// <summary>Where records are now.</summary>
    public Redis Primary { get; set; } = null!;

    /// <summary>Between the gateways and Redis.</summary>
    public FaultyLine Line { get; }

    public Random Random { get; }

    /// <summary>In place of the usual file.</summary>
    public PostgreSql? PostgreSql { get; private set; }

    public IReadOnlyList<Node> Nodes { get; private set; } = [];

    public Destination Application { get; } = new();

    public Destination Other { get; } = new();

    public string DatabaseFile => Path.Combine(DatabaseFolder, "gateway.db");

    public string DatabaseFolder => folder.File("database");

    public string ClockFile => folder.File("clock");

    /// <summary>When sessions began before this moment, Redis may have lost them with its data.</summary>
    public long LostAt { get; set; }

    /// <summary>Whether Redis is away, or was within the last seconds, so that a logout elsewhere may not have arrived.</summary>
    public bool IsRedisFaulty { get; set; }

    public string Log => folder.File("stage.log");

    public string Folder => folder.Path;

    public static async Task<Stage> StartAsync(string gateway, int seed, StageNeeds needs, IEnumerable<Account> accounts)
    {
        var stage = new Stage(gateway, seed);
        try
        {
            await stage.StartAsync(needs, accounts);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        await Application.DisposeAsync();
        await Other.DisposeAsync();
        await Line.DisposeAsync();
        await Redis.DisposeAsync();
        await Replica.DisposeAsync();
        if (PostgreSql is not null)
            await PostgreSql.DisposeAsync();
        if (isMounted)
            await Child.RunAsync(Log, "umount", DatabaseFolder);
        folder.Dispose();
    }

    private async Task StartAsync(StageNeeds needs, IEnumerable<Account> accounts)
    {
        Directory.CreateDirectory(DatabaseFolder);
        if (needs.SmallDisk)
            isMounted = await Child.RunAsync(Log, "mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", DatabaseFolder);
        await File.WriteAllTextAsync(folder.File("appsettings.json"), "{}");
        await Application.StartAsync();
        await Other.StartAsync();
        await Redis.StartAsync();
        Primary = Redis;
        if (needs.Replica)
            await Replica.StartAsync(waits: true, "--replicaof", "127.0.0.1", Redis.Port.ToString(CultureInfo.InvariantCulture));
        if (needs.PostgreSql)
            await (PostgreSql = new PostgreSql(folder.File("postgresql"))).StartAsync();
        var settings = Settings(needs);
        Nodes = [new Node("first", gateway, folder.Path, settings), new Node("second", gateway, folder.Path, settings)];
        await File.WriteAllLinesAsync(folder.File("users"), accounts.Select(account => account.Line()));
        await Nodes[0].CommandAsync("users", "import", folder.File("users"));
        if (needs.FakeClock)
            await FakeClock.PrepareAsync(this);
        foreach (var node in Nodes)
            await node.StartAsync();
    }

    private Dictionary<string, string> Settings(StageNeeds needs) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings:Redis"] = $"127.0.0.1:{Line.Port}" + (needs.Replica ? $",127.0.0.1:{Replica.Port}" : ""),
        ["ConnectionStrings:Users"] = PostgreSql?.ConnectionString ?? $"Data Source={DatabaseFile}",
        ["Gateway:Users:Provider"] = PostgreSql is null ? "Sqlite" : "PostgreSql",
        ["ReverseProxy:Clusters:app:Destinations:one:Address"] = Application.Address,
        ["ReverseProxy:Clusters:other:Destinations:one:Address"] = Other.Address,
        ["ReverseProxy:Routes:app:ClusterId"] = "app",
        ["ReverseProxy:Routes:app:Match:Path"] = "/app/{**rest}",
        ["ReverseProxy:Routes:other:ClusterId"] = "other",
        ["ReverseProxy:Routes:other:Match:Path"] = "/other/{**rest}",
        ["ReverseProxy:Routes:public:ClusterId"] = "other",
        ["ReverseProxy:Routes:public:Match:Path"] = "/public/{**rest}",
        ["ReverseProxy:Routes:public:AuthorizationPolicy"] = "Anonymous",
    };
}
