using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>Several servers that share the keys: one can be away, or out of step, while the others go on.</summary>
internal static class RedisCluster
{
    /// <summary>Some server of a cluster is connected.</summary>
    public static bool GoesOn(ConnectionMultiplexer? multiplexer) => multiplexer is not null && Connected(multiplexer).Any(server => server.ServerType is ServerType.Cluster);

    /// <summary>False when one of the servers gave the answer to another question.</summary>
    public static async Task<bool> IsAnsweredByAllAsync(ConnectionMultiplexer multiplexer)
    {
        var answers = await Task.WhenAll(Connected(multiplexer).Select(RedisPing.IsAnsweredAsync));
        return Array.TrueForAll(answers, isItsOwn => isItsOwn);
    }

    /// <summary>Fails while there are keys that nobody answers for.</summary>
    /// <param name="probe">What the names of the keys begin with that are asked for; there never is one.</param>
    public static async Task ProbeAsync(ConnectionMultiplexer multiplexer, RedisKey probe)
    {
        // A replica may have taken the place of the one that is away.
        await multiplexer.ConfigureAsync();
        // By a key: a server that has just come back answers a ping some seconds before it answers for its keys.
        var database = multiplexer.GetDatabase();
        await Task.WhenAll(Owners(multiplexer).Select(owner => database.KeyExistsAsync(KeyOf(owner, probe, multiplexer))));
    }

    /// <summary>The servers that have all keys between them, each key once: the primaries of a cluster, else the one primary.</summary>
    /// <exception cref="InvalidOperationException">There is none at the moment.</exception>
    public static IReadOnlyList<IServer> Primaries(ConnectionMultiplexer multiplexer) =>
        GoesOn(multiplexer) ? [.. Owners(multiplexer).Select(node => multiplexer.GetServer(node.EndPoint!))] : [Connected(multiplexer).First(server => !server.IsReplica)];

    private static IEnumerable<ClusterNode> Owners(ConnectionMultiplexer multiplexer) =>
        Connected(multiplexer).Select(server => server.ClusterConfiguration).OfType<ClusterConfiguration>().First().Nodes
            .Where(node => !node.IsReplica && node.Slots.Count > 0);

    private static RedisKey KeyOf(ClusterNode owner, RedisKey probe, ConnectionMultiplexer multiplexer) =>
        Enumerable.Range(0, int.MaxValue)
            .Select(number => probe.Append($":{number}"))
            .First(key => Has(owner, multiplexer.HashSlot(key)));

    private static bool Has(ClusterNode owner, int slot) => owner.Slots.Any(slots => slot >= slots.From && slot <= slots.To);

    private static IEnumerable<IServer> Connected(ConnectionMultiplexer multiplexer) => multiplexer.GetServers().Where(server => server.IsConnected);
}
