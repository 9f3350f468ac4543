using System.Runtime.InteropServices;
using Gateway.Forwarding;
using Gateway.Forwarding.WebSockets;

namespace Gateway.Operations.Drain;

/// <summary>
/// What happens between the signal to end and the server's own stop, which closes the listener, lets requests under way end, and cuts
/// the rest when the time is over: balancers are given time to look away, and what never ends by itself is told to go.
/// </summary>
internal sealed class DrainService(
    DrainSettings settings, OpenSockets sockets, EventStreams streams, TimeProvider clock, ILogger<DrainService> logger) : IHostedLifecycleService, IDisposable
{
    private const int EndedByTheKeyboard = 130;

    private readonly CancellationTokenSource hurry = new();
    private PosixSignalRegistration? keyboard;
    private bool serves;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        keyboard = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Hurry());
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        serves = true;
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (serves && settings.Delay > TimeSpan.Zero && !hurry.IsCancellationRequested)
        {
            logger.DrainBegins(settings.Delay);
            await Task.Delay(settings.Delay, clock, hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var open = sockets.Count;
        var closing = sockets.CloseAllAsync(SocketClose.GoingAway);
        logger.LongOnesEnd(open, streams.CloseAll());
        // The server waits for their connections in any case; here only so that a fault is seen.
        await closing.WaitAsync(settings.Timeout, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        keyboard?.Dispose();
        hurry.Dispose();
    }

    // Whoever presses Ctrl+C is no balancer; and who presses it twice means it.
    private void Hurry()
    {
        if (hurry.IsCancellationRequested)
            Environment.Exit(EndedByTheKeyboard);
        hurry.Cancel();
    }
}

/// <summary>Log events 1420 to 1429.</summary>
internal static partial class DrainLog
{
    [LoggerMessage(1420, LogLevel.Information, "Shutting down: not ready any more, and new requests are taken for another {Delay}")]
    public static partial void DrainBegins(this ILogger logger, TimeSpan delay);

    [LoggerMessage(1421, LogLevel.Information, "Shutting down: {Sockets} WebSockets and {Streams} event streams are ended, other requests may end by themselves")]
    public static partial void LongOnesEnd(this ILogger logger, int sockets, int streams);
}
