namespace Gateway.Login.Throttle;

/// <summary>
/// Lets the logins of one account in one after the other: attempts are counted before the password is looked at, and somebody who
/// logs in six times at once with the right password must not look like six wrong guesses.
/// </summary>
internal sealed class LoginQueue
{
    private readonly SemaphoreSlim[] doors = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits until the attempts before this one are decided; to be disposed when this one is.</summary>
    public async Task<IDisposable> EnterAsync(string account, CancellationToken cancellationToken)
    {
        // A few accounts share a door: what there is to wait for is one password hash.
        var door = doors[(uint)StringComparer.Ordinal.GetHashCode(account) % doors.Length];
        await door.WaitAsync(cancellationToken);
        return new Turn(door);
    }

    private sealed class Turn(SemaphoreSlim door) : IDisposable
    {
        private SemaphoreSlim? door = door;

        public void Dispose() => Interlocked.Exchange(ref door, null)?.Release();
    }
}
