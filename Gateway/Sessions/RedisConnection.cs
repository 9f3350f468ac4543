using Gateway.Operations;
using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>
/// The one connection to Redis. Every question has a time limit and every failure is a <see cref="StoreUnavailableException"/>.
/// </summary>
internal sealed class RedisConnection(string configuration, GatewayMeter meter, RedisBreaker breaker) : IAsyncDisposable
{
    public const string Key = "ConnectionStrings:Redis";

    // Short of a second, within which every visitor has an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(750);

    private readonly Lazy<Task<ConnectionMultiplexer>> connection = new(() => ConnectionMultiplexer.ConnectAsync(Parse(configuration)));

    /// <summary>Host and port of each server, for messages; never the password that may stand beside them.</summary>
    public string Servers { get; } = string.Join(", ", ConfigurationOptions.Parse(configuration).EndPoints.Select(EndPointCollection.ToString));

    public Task<ConnectionMultiplexer> MultiplexerAsync() => connection.Value;

    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> question, CancellationToken cancellationToken)
    {
        if (breaker.IsOpen)
        {
            meter.StoreUnavailable();
            throw new StoreUnavailableException("Redis has not come back yet");
        }

        var start = TimeProvider.System.GetTimestamp();
        try
        {
            var multiplexer = await connection.Value.WaitAsync(Patience, cancellationToken);
            // StackExchange.Redis notices its own timeouts only at a heartbeat, up to a second late.
            var answer = await question(multiplexer.GetDatabase()).WaitAsync(Patience, cancellationToken);
            meter.StoreAnswered(TimeProvider.System.GetElapsedTime(start));
            breaker.Answered();
            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            meter.StoreUnavailable();
            // A refusal is an answer, too.
            if (exception is not RedisServerException)
                breaker.Failed(Servers, connectionLost: exception is RedisConnectionException && !IsConnected, ProbeAsync);
            throw new StoreUnavailableException("Redis did not answer", exception);
        }
    }

    /// <summary>What is wrong with the configured value, or nothing. Reaches no server.</summary>
    public static string? Fault(string? configuration)
    {
        try
        {
            return string.IsNullOrWhiteSpace(configuration) || Parse(configuration).EndPoints.Count > 0 ? null : "names no server";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection.IsValueCreated && connection.Value.IsCompletedSuccessfully)
            await (await connection.Value).DisposeAsync();
    }

    // A cluster goes on without the node that this question was for.
    private bool IsConnected => connection.Value is { IsCompletedSuccessfully: true, Result.IsConnected: true };

    private async Task ProbeAsync()
    {
        var multiplexer = await connection.Value.WaitAsync(Patience);
        await multiplexer.GetDatabase().PingAsync().WaitAsync(Patience);
    }

    private static ConfigurationOptions Parse(string configuration)
    {
        var options = ConfigurationOptions.Parse(configuration);
        options.AbortOnConnectFail = false;
        // Commands for a server that is away fail at once instead of waiting in a queue.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        // A connection counts as dead after four of these without an answer, also one whose greeting a frozen server took too late.
        options.AsyncTimeout = Math.Min(options.AsyncTimeout, (int)Patience.TotalMilliseconds);
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, 2000);
        options.ClientName ??= "gateway";
        return options;
    }
}
