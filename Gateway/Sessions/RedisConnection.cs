using Gateway.Operations;
using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>
/// The one connection to Redis. Every question has a time limit and every failure is a <see cref="StoreUnavailableException"/>.
/// </summary>
internal sealed class RedisConnection(string configuration, RedisKeys keys, GatewayMeter meter, RedisBreaker breaker) : IAsyncDisposable
{
    public const string Key = "ConnectionStrings:Redis";

    private readonly Lazy<Task<ConnectionMultiplexer>> connection =
        new(() => ConnectionMultiplexer.ConnectAsync(RedisOptions.Parse(configuration)));

    /// <summary>Host and port of each server, for messages; never the password that may stand beside them.</summary>
    public string Servers { get; } = string.Join(", ", ConfigurationOptions.Parse(configuration).EndPoints.Select(EndPointCollection.ToString));

    /// <summary>Redis takes no writes: it may be a replica that lags, and what it doesn't have may exist all the same.</summary>
    public bool MayLackRecords => breaker.Refusal is RedisRefusal.Writes || RedisRefusals.HasReplicasOnly(Connected);

    public Task<ConnectionMultiplexer> MultiplexerAsync() => connection.Value;

    public Task<T> AskAsync<T>(Func<IDatabase, Task<T>> question, CancellationToken cancellationToken) =>
        // Not tried: the client drops its connection over a transaction that a replica can't take.
        breaker.Refusal is RedisRefusal.Writes
            ? Task.FromException<T>(new StoreUnavailableException("Redis takes no writes yet") { RefusesWrites = true })
            : ReadAsync(question, cancellationToken);

    /// <summary>For a question that changes nothing: also a Redis that takes no writes is asked.</summary>
    public async Task<T> ReadAsync<T>(Func<IDatabase, Task<T>> question, CancellationToken cancellationToken)
    {
        if (breaker.IsOpen)
        {
            meter.StoreUnavailable();
            throw new StoreUnavailableException("Redis has not come back yet");
        }

        var start = TimeProvider.System.GetTimestamp();
        try
        {
            // StackExchange.Redis notices its own timeouts only at a heartbeat, up to a second late.
            var answer = await AskWhenConnectedAsync(question).WaitAsync(RedisOptions.Patience, cancellationToken);
            meter.StoreAnswered(TimeProvider.System.GetElapsedTime(start));
            breaker.Answered();
            return answer;
        }
        catch (Exception exception) when (exception.IsOfRedis(cancellationToken))
        {
            meter.StoreUnavailable();
            throw Unavailable(exception);
        }
    }

    /// <summary>What is wrong with the configured value, or nothing. Reaches no server.</summary>
    public static string? Fault(string? configuration)
    {
        try
        {
            return string.IsNullOrWhiteSpace(configuration) || RedisOptions.Parse(configuration).EndPoints.Count > 0 ? null : "names no server";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Connected is { } multiplexer)
            await multiplexer.DisposeAsync();
    }

    private ConnectionMultiplexer? Connected => connection is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: var result } } ? result : null;

    private async Task<T> AskWhenConnectedAsync<T>(Func<IDatabase, Task<T>> question) => await question((await connection.Value).GetDatabase());

    private StoreUnavailableException Unavailable(Exception exception)
    {
        var meaning = exception.Meaning(Connected);
        if (meaning is RedisRefusal.Question)
            return new StoreUnavailableException("Redis refused the question", exception);
        if (meaning is RedisRefusal.Away)
        {
            // A cluster goes on without the node that this question was for.
            var lost = exception is RedisConnectionException && Connected is not { IsConnected: true };
            breaker.Failed(Servers, lost, ProbeAsync);
            return new StoreUnavailableException("Redis did not answer", exception);
        }

        var reason = exception is RedisServerException ? exception.Message : "no primary can be reached";
        var isNews = breaker.Refused(meaning, Servers, reason, ProbeWritesAsync);
        return new StoreUnavailableException("Redis takes no writes", exception) { RefusesWrites = true, IsNews = isNews };
    }

    private async Task ProbeAsync()
    {
        var multiplexer = await connection.Value.WaitAsync(RedisOptions.Patience);
        await multiplexer.GetDatabase().PingAsync().WaitAsync(RedisOptions.Patience);
    }

    private async Task ProbeWritesAsync()
    {
        var multiplexer = await connection.Value.WaitAsync(RedisOptions.Patience);
        try
        {
            // Refused like what requests do, and otherwise without effect: there never is such a key.
            var database = multiplexer.GetDatabase();
            await database.StringSetAsync(keys.Probe, "", TimeSpan.FromSeconds(1), When.Exists).WaitAsync(RedisOptions.Patience);
            await database.StringGetSetExpiryAsync(keys.Probe, TimeSpan.FromSeconds(1)).WaitAsync(RedisOptions.Patience);
        }
        catch (Exception exception) when (exception.IsOfNoPrimary(multiplexer))
        {
            // Another server may be the primary by now. The client would look for it once in a minute.
            await multiplexer.ConfigureAsync();
            throw;
        }
    }
}
