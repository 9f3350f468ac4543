using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>The ways in which Redis answers what only reads, and refuses to write.</summary>
internal static class RefusedWrites
{
    public static async Task RefuseWritesAsync(this RedisServer server, string fault)
    {
        Assert.SkipUnless(RedisCommand.IsRedis, "these are settings of redis-server");
        switch (fault)
        {
            case "replica":
                // Of nobody: what it has, it keeps.
                await server.ExecuteAsync("REPLICAOF", "127.0.0.1", LoopbackPort.Next());
                break;
            case "without replicas":
                await server.ConfigureAsync("min-replicas-to-write", "1");
                break;
            case "disk":
                await server.ConfigureAsync("save", "3600 1");
                await server.FailToSaveAsync();
                break;
            case "rights":
                await server.ExecuteAsync("ACL", "SETUSER", "default", "-@write", "+config", "+acl");
                break;
            case "memory":
                await server.ConfigureAsync("maxmemory", "1");
                break;
        }
    }

    public static Task TakeWritesAsync(this RedisServer server, string fault) => fault switch
    {
        "replica" => server.ExecuteAsync("REPLICAOF", "NO", "ONE"),
        "without replicas" => server.ConfigureAsync("min-replicas-to-write", "0"),
        "disk" => server.ConfigureAsync("save", ""),
        "rights" => server.ExecuteAsync("ACL", "SETUSER", "default", "+@all"),
        _ => server.ConfigureAsync("maxmemory", "0"),
    };
}
