using Microsoft.EntityFrameworkCore;

namespace Gateway.Users;

/// <summary>
/// Remembers that the user database can't be read, so that only the first questions of an outage wait for it; says so once, and once
/// that it is over. Meanwhile a probe of its own asks, and no request does.
/// </summary>
internal sealed class DatabaseWatch(IServiceScopeFactory scopes, ILogger<DatabaseWatch> logger) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource end = new();
    private int away;

    public bool IsAway => Volatile.Read(ref away) == 1;

    /// <exception cref="DatabaseAwayException">It can't be read, as far as is known.</exception>
    public void ThrowIfAway()
    {
        if (IsAway)
            throw new DatabaseAwayException();
    }

    /// <summary>Something could not be read.</summary>
    public void Failed(Exception exception)
    {
        if (Interlocked.Exchange(ref away, 1) == 1)
            return;
        logger.DatabaseAway(DatabaseFault.Reason(exception));
        _ = WaitForAnswerAsync(end.Token);
    }

    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    // By the time of the world, whatever clock the gateway is given.
    private async Task WaitForAnswerAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            await Task.Delay(Interval, CancellationToken.None);
            if (cancellationToken.IsCancellationRequested)
                return;
        }

        Volatile.Write(ref away, 0);
        logger.DatabaseBack(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<UserDatabase>().Users.AnyAsync(cancellationToken);
            return true;
        }
        catch (Exception)
        {
            // Whatever it is: a probe that ended would leave the database taken for away for good.
            return false;
        }
    }
}
