using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>
/// Spare threads for a Redis with sentinels. Whenever a connection is lost or back, the client asks the sentinels for the primary with
/// threads of the pool that wait for the answers, several for each connection, and answers need such threads themselves
/// (StackExchange.Redis, <c>ConnectionMultiplexer.Sentinel.cs</c>). The pool begins with one for each processor and adds two a second:
/// a fail-over that takes Sentinel three seconds stopped all requests for another five.
/// </summary>
internal static class SentinelThreads
{
    // More than twice as many as were seen to wait at once, of two gateways in one process.
    private const int Spare = 32;

    public static void KeepFor(ConfigurationOptions options)
    {
        if (options.ServiceName is null)
            return;
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Spare), ports);
    }
}
