using Gateway.Sessions;

namespace Gateway.Administration.Decisions;

/// <summary>
/// Carries a decision about a user to their sessions at once where Redis can be reached. Elsewhere, and for a command always with the
/// embedded store, the gateways do it when they read the change log, within seconds.
/// </summary>
internal sealed class DecisionEffect(SessionReconciler reconciler, IServiceProvider services)
{
    /// <summary>Something waits until the gateways can reach Redis.</summary>
    public bool IsDelayed { get; private set; }

    public async Task ApplyAsync(string userId)
    {
        // Before the store is asked: it may be away, and requests are answered meanwhile.
        await reconciler.HoldAsync(userId, CancellationToken.None);
        try
        {
            if (services.GetService<RedisConnection>() is { Current: null } redis)
                await redis.TryConnectAsync();
            await reconciler.ReconcileAsync(userId, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            IsDelayed = true;
        }
    }
}
