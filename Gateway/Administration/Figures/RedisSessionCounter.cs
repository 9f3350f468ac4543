using System.Threading.Channels;
using Gateway.Sessions;
using StackExchange.Redis;

namespace Gateway.Administration.Figures;

/// <summary>
/// Counts the sessions in Redis by <c>SCAN</c>: beside the requests, after somebody has asked, and never twice within a minute.
/// </summary>
internal sealed class RedisSessionCounter(RedisConnection redis, RedisKeys keys, TimeProvider clock, ILogger<RedisSessionCounter> logger)
    : BackgroundService, ISessionCounter
{
    // Some tenths of a millisecond of the server, and then a time in which it serves others.
    private const int KeysAtATime = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private SessionCount? latest;

    public SessionCount? Ask()
    {
        asked.Writer.TryWrite(true);
        return Volatile.Read(ref latest);
    }

    public async Task<SessionCount> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var sum = 0L;
            var multiplexer = await redis.MultiplexerAsync();
            foreach (var server in RedisCluster.Primaries(multiplexer))
                sum += await CountAsync(server, multiplexer.GetDatabase().Database, cancellationToken);
            return new SessionCount(sum, clock.GetUtcNow());
        }
        catch (RedisServerException refusal) when (refusal.Message.StartsWith("NOPERM", StringComparison.Ordinal))
        {
            logger.SessionsNotCountable();
            return new SessionCount(null, clock.GetUtcNow()) { IsForbidden = true };
        }
        catch (Exception exception) when (exception.IsOfRedis(cancellationToken))
        {
            logger.SessionsNotCounted(exception.Message);
            return new SessionCount(null, clock.GetUtcNow());
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in asked.Reader.ReadAllAsync(stoppingToken))
        {
            Volatile.Write(ref latest, await CountAsync(stoppingToken));
            await Task.Delay(Interval, clock, stoppingToken);
        }
    }

    private async Task<long> CountAsync(IServer server, int database, CancellationToken cancellationToken)
    {
        var (sum, cursor) = (0L, "0");
        do
        {
            var answer = await server.ExecuteAsync(database, "SCAN", [cursor, "MATCH", keys.AllSessions, "COUNT", KeysAtATime])
                .WaitAsync(RedisOptions.Lost, cancellationToken);
            cursor = answer[0].ToString() ?? "0";
            sum += answer[1].Length;
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
        while (!string.Equals(cursor, "0", StringComparison.Ordinal));
        return sum;
    }
}
