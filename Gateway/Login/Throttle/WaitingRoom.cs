using System.Threading.RateLimiting;
using Gateway.Users;

namespace Gateway.Login.Throttle;

/// <summary>
/// The short queue of logins before the password hashing. No address can fill it alone, and browsers that have logged in before have
/// one of their own, so that a login still comes through while others are guessed by the hundred.
/// </summary>
internal sealed class WaitingRoom(HashingDemand demand) : IAsyncDisposable
{
    private const int InLine = 128;
    private const int WaitingPerSource = 60;

    private readonly ConcurrencyLimiter known = Line();
    private readonly ConcurrencyLimiter strangers = Line();
    // In line none has more places than it could use at a time, and so all of them have their turns by and by.
    private readonly PartitionedRateLimiter<string> sources = PartitionedRateLimiter.Create<string, string>(
        source => RateLimitPartition.GetConcurrencyLimiter(source, _ => Limit(HashingGate.Width, WaitingPerSource)));

    /// <summary>The longest wait for one's turn.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Before a refusal: whoever tries again at once, and by the hundred, would cost more than the hashing that is refused.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <param name="source">Where the login comes from: a stranger's address, or the account that a known browser has logged in to.</param>
    /// <returns>A turn, to be disposed when the password is checked; null when there are too many.</returns>
    public async Task<IDisposable?> EnterAsync(string source, bool isKnown, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var place = new Place();
        demand.Begin();
        try
        {
            await place.TakeAsync(sources.AcquireAsync(source, 1, patience.Token));
            await place.TakeAsync((isKnown ? known : strangers).AcquireAsync(1, patience.Token));
            return place;
        }
        catch (OperationCanceledException)
        {
            place.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            demand.End();
        }
    }

    public Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(Pause, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await sources.DisposeAsync();
        await strangers.DisposeAsync();
        await known.DisposeAsync();
    }

    private static ConcurrencyLimiter Line() => new(Limit(HashingGate.Width, InLine));

    private static ConcurrencyLimiterOptions Limit(int atATime, int waiting) => new()
    {
        PermitLimit = atATime,
        QueueLimit = waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private sealed class Place : IDisposable
    {
        private readonly Stack<RateLimitLease> leases = [];

        /// <exception cref="OperationCanceledException">The queue is full, or it took too long.</exception>
        public async Task TakeAsync(ValueTask<RateLimitLease> acquiring)
        {
            var lease = await acquiring;
            if (!lease.IsAcquired)
                throw new OperationCanceledException("The queue is full.");
            leases.Push(lease);
        }

        public void Dispose()
        {
            while (leases.TryPop(out var lease))
                lease.Dispose();
        }
    }
}
