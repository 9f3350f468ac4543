using Gateway.Sessions;

namespace Gateway.Commands;

/// <summary>
/// Carries a decision about a user to their sessions at once where Redis can be reached. Elsewhere, and always with the embedded
/// store, the gateways do it when they read the change log, within seconds.
/// </summary>
internal static class Promptly
{
    public static async Task ApplyAsync(IServiceProvider services, string userId, CancellationToken cancellationToken)
    {
        try
        {
            if (services.GetService<RedisConnection>() is { } redis)
                await redis.TryConnectAsync();
            await services.GetRequiredService<SessionReconciler>().ReconcileAsync(userId, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync("Redis can't be reached from here: the gateways apply this as soon as they can.");
        }
    }
}
