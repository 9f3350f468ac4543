using StackExchange.Redis;

namespace Gateway.Sessions;

internal static class RedisOptions
{
    /// <summary>The longest wait for one answer: short of a second, within which every visitor has theirs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    /// <summary>
    /// What the library has not answered by then, it never answers: when a connection ends, it loses a question now and then with its
    /// timeout (StackExchange.Redis#2742), and whoever waits for that waits for ever. Longer than connecting anew takes.
    /// </summary>
    public static readonly TimeSpan Lost = TimeSpan.FromSeconds(5);

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

    /// <summary>The configured value, and what the gateway adds to it.</summary>
    public static ConfigurationOptions Parse(string configuration) => Parse(configuration, Patience);

    /// <param name="patience">The longest wait for one answer.</param>
    public static ConfigurationOptions Parse(string configuration, TimeSpan patience)
    {
        var options = ConfigurationOptions.Parse(configuration);
        options.AbortOnConnectFail = false;
        // Commands for a server that is away fail at once instead of waiting in a queue.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        // A connection counts as dead after four of these without an answer, also one whose greeting a frozen server took too late.
        options.AsyncTimeout = Math.Min(options.AsyncTimeout, (int)patience.TotalMilliseconds);
        // The client's own, while it looks for the primary, in threads that wait.
        options.SyncTimeout = Math.Min(options.SyncTimeout, options.AsyncTimeout);
        // The client has threads of its own beside the pool's, and wakes one for each answer: a twelfth of a request that asks. But those bring
        // the answers of sentinels also where the pool waits for them.
        if (options.ServiceName is null)
            options.SocketManager = SocketManager.ThreadPool;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, 2000);
        options.ClientName ??= "gateway";
        return options;
    }
}
