namespace Gateway.Users;

/// <summary>
/// Runs as many password hashes at a time as leave a processor for everybody else: a hash takes a tenth of a second of one, and a
/// flood of logins would otherwise stop every other request.
/// </summary>
internal sealed class HashingGate : IDisposable
{
    private readonly SemaphoreSlim free = new(Math.Max(1, Environment.ProcessorCount - 1));

    public async Task<T> RunAsync<T>(Func<T> hash, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            return hash();
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose() => free.Dispose();
}
