namespace Gateway.Operations;

internal static class Serving
{
    /// <summary>
    /// Serves until the signal to end; exit code 0. A start that fails, as on a port that is taken, ends what has started by then like any end does:
    /// left to the disposal of the application, each background service would be reported as one that failed.
    /// </summary>
    public static async Task<int> ServeAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception)
        {
            // Whatever that says, why it did not start is to be told.
            await app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // The signal to end may come that early.
            if (exception is OperationCanceledException && app.Lifetime.ApplicationStopping.IsCancellationRequested)
                return 0;
            throw;
        }

        await app.WaitForShutdownAsync();
        return 0;
    }
}
