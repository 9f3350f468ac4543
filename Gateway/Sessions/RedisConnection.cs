using Gateway.Operations;
using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>
/// The one connection to Redis. Every question has a time limit and every failure is a <see cref="StoreUnavailableException"/>.
/// </summary>
internal sealed class RedisConnection(
    string configuration,
    RedisKeys keys,
    GatewayMeter meter,
    RedisBreaker breaker,
    ILogger<RedisConnection> logger,
    TimeSpan patience) : IAsyncDisposable
{
    public const string Key = "ConnectionStrings:Redis";

    // A connection that is silent for about as long, the client gives up itself, but never one that answers; service is to be normal within five.
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(3);

    private readonly RedisClient client = new(configuration, patience);

    /// <summary>Host and port of each server, for messages; never the password that may stand beside them.</summary>
    public string Servers { get; } = string.Join(", ", ConfigurationOptions.Parse(configuration).EndPoints.Select(EndPointCollection.ToString));

    /// <summary>Redis takes no writes: it may be a replica that lags, and what it doesn't have may exist all the same.</summary>
    public bool MayLackRecords => breaker.Refusal is RedisRefusal.Writes || RedisRefusals.HasReplicasOnly(Current);

    /// <summary>Null until there is one.</summary>
    public ConnectionMultiplexer? Current => client.Current;

    public Task<ConnectionMultiplexer> MultiplexerAsync() => client.MultiplexerAsync();

    /// <summary>Tells one other when the client was replaced by a fresh one: what was subscribed with the old one is heard no more.</summary>
    public void OnReplace(Action tell) => client.OnReplace(tell);

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
            var answer = await PutAsync(question).WaitAsync(patience, cancellationToken);
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

    /// <summary>The same in one flight with <see cref="ConfirmAsync"/>, for a question of a single command.</summary>
    /// <param name="beside">The key of the command.</param>
    public async Task<T> AskSurelyAsync<T>(Func<IDatabaseAsync, Task<T>> question, RedisKey beside, CancellationToken cancellationToken)
    {
        var (answer, isItsOwn) = await AskAsync(db => RedisPing.AfterAsync(db, question, beside), cancellationToken);
        ThrowUnless(isItsOwn);
        return answer;
    }

    /// <summary>
    /// That the answers before this one were those to their own questions: a connection on which one was lost gives everybody somebody
    /// else's, this one included. For answers that can't prove what they belong to.
    /// </summary>
    /// <param name="beside">A key of those questions; absent: any server may be asked.</param>
    /// <exception cref="StoreUnavailableException">They may have been others'.</exception>
    public async Task ConfirmAsync(RedisKey? beside, CancellationToken cancellationToken) =>
        ThrowUnless(await ReadAsync(db => RedisPing.IsAnsweredAsync(db, beside), cancellationToken));

    /// <summary>For a command, which has more time than a visitor: a first connection, with TLS above all, may take longer than a question.</summary>
    public async Task TryConnectAsync()
    {
        try
        {
            await client.MultiplexerAsync();
        }
        catch (Exception exception) when (exception.IsOfRedis())
        {
            // Whoever asks now is told.
        }
    }

    /// <summary>Why it lets nobody in, or not the user of the configuration; null when all is well.</summary>
    public Task<string?> FindFaultAsync() => RedisDiagnosis.FaultAsync(configuration);

    public ValueTask DisposeAsync()
    {
        breaker.Dispose();
        return client.DisposeAsync();
    }

    // Connected, as nearly always: no asynchronous step of its own on the path of every request.
    private Task<T> PutAsync<T>(Func<IDatabase, Task<T>> question) =>
        Current is { } multiplexer ? question(multiplexer.GetDatabase()) : PutWhenConnectedAsync(question);

    private async Task<T> PutWhenConnectedAsync<T>(Func<IDatabase, Task<T>> question) => await question((await client.MultiplexerAsync()).GetDatabase());

    private void ThrowUnless(bool isItsOwn)
    {
        if (isItsOwn)
            return;
        breaker.Failed(Servers, connectionLost: true, ProbeMixedUpAsync);
        throw new StoreUnavailableException("Redis gave the answer to another question");
    }

    private StoreUnavailableException Unavailable(Exception exception)
    {
        var meaning = exception.Meaning(Current);
        if (meaning is RedisRefusal.Question)
            return new StoreUnavailableException("Redis refused the question", exception);
        if (meaning is RedisRefusal.Away)
        {
            // Of a kind that this question never has: another's.
            var mixedUp = exception is RedisConnectionException { FailureType: ConnectionFailureType.ProtocolFailure };
            if (!mixedUp && RedisCluster.GoesOn(Current))
                return new StoreUnavailableException("A part of Redis did not answer", exception) { IsNews = breaker.PartlyFailed(Servers, ProbePartsAsync) };
            var lost = exception is RedisConnectionException && Current is not { IsConnected: true };
            breaker.Failed(Servers, lost || mixedUp, mixedUp ? ProbeMixedUpAsync : ProbeAsync);
            return new StoreUnavailableException("Redis did not answer", exception);
        }

        var reason = exception is RedisServerException ? exception.Message : "no primary can be reached";
        var isNews = breaker.Refused(meaning, Servers, reason, ProbeWritesAsync);
        return new StoreUnavailableException("Redis takes no writes", exception) { RefusesWrites = true, IsNews = isNews };
    }

    private async Task ProbeAsync(TimeSpan away)
    {
        try
        {
            await PingAsync(await client.MultiplexerAsync().WaitAsync(RedisOptions.Patience));
        }
        // An error is an answer, and a fresh client would get the same.
        catch (Exception exception) when (away >= LastResort && exception is not RedisServerException)
        {
            await client.ReplaceAsync(PingAsync);
            logger.RedisClientReplaced(Servers);
        }
    }

    // It does not get better by waiting.
    private Task ProbeMixedUpAsync(TimeSpan away) => ProbeAsync(LastResort);

    private async Task ProbePartsAsync() => await RedisCluster.ProbeAsync(await client.MultiplexerAsync(), keys.Probe);

    private static async Task PingAsync(ConnectionMultiplexer multiplexer)
    {
        var isAnswered = RedisCluster.GoesOn(multiplexer)
            ? RedisCluster.IsAnsweredByAllAsync(multiplexer)
            : RedisPing.IsAnsweredAsync(multiplexer.GetDatabase());
        if (!await isAnswered.WaitAsync(RedisOptions.Patience))
            throw new StoreUnavailableException("Redis gave the answer to another question");
    }

    private async Task ProbeWritesAsync()
    {
        var multiplexer = await client.MultiplexerAsync().WaitAsync(RedisOptions.Patience);
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
