namespace Gateway.Tests.Hosting.Engines;

/// <summary>One Redis behind TLS, whose certificate an organisation's own authority issued, with a user for the gateway who may do what it needs.</summary>
public sealed class SecuredEngine : Engine
{
    public const string Host = "redis.example.org";
    public const string Password = "swordfish-and-more";

    // The library's own variable; it is read whenever somebody connects.
    private const string Trust = "SERedis_IssuerCertPath";

    private readonly Authority authority = new();
    private readonly int port = LoopbackPort.Next();
    private RedisServer? server;

    public override string ConnectionString => StringFor("gateway", Password);

    /// <summary>What README tells operators to give.</summary>
    internal static IReadOnlyList<string> Rights { get; } =
    [
        "~gateway:*", "&gateway:*", "-@all", "+echo", "+ping", "+subscribe", "+unsubscribe", "+publish", "+get", "+getex", "+mget", "+set", "+pttl",
        "+expire", "+pexpire", "+del", "+exists", "+incr", "+decr", "+zadd", "+zrem", "+zrange", "+zremrangebyscore", "+eval", "+evalsha", "+script|load",
    ];

    internal string RootFile => authority.RootFile;

    protected override string AdminConnectionString => $"{server!.ConnectionString},user=admin,password={Password}";

    internal string StringFor(string user, string password) => $"127.0.0.1:{port},ssl=true,sslHost={Host},user={user},password={password}";

    internal Task<string> AskAsync(params string[] command) =>
        RedisCli.AskAsync(server!, ["--user", "admin", "--pass", Password, "--no-auth-warning", .. command]);

    protected override async Task StartAsync()
    {
        var (certificate, key) = authority.Issue(Host);
        Environment.SetEnvironmentVariable(Trust, authority.RootFile);
        server = await AddAsync(RedisServer.LaunchNewAsync(
            RedisCommand.AtAsync,
            "--tls-port", $"{port}", "--tls-auth-clients", "no", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", authority.RootFile));
        await RedisCli.AskAsync(server, "ACL", "SETUSER", "admin", "on", $">{Password}", "~*", "&*", "+@all");
        await AskAsync(["ACL", "SETUSER", "gateway", "on", $">{Password}", .. Rights]);
        await AskAsync("ACL", "SETUSER", "default", "off");
        // The first TLS connection of a process takes longer than a question may.
        await using var first = await RedisKeys.ConnectAsync(ConnectionString);
    }
}

[CollectionDefinition]
public sealed class OnSecured : ICollectionFixture<SecuredEngine>;
