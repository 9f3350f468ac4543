using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>One socket operation to await; whichever comes first, completion or <see cref="Abort"/>, settles it.</summary>
public class SocketAwaitableEventArgs(PipeScheduler? ioScheduler = null) : SocketAsyncEventArgs, ICriticalNotifyCompletion
{
    // The error is a result and not an exception, so that an abort nobody awaits doesn't end as an unobserved exception.
    private readonly TaskCompletionSource<SocketError> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsCompleted => outcome.Task.IsCompleted;

    public SocketAwaitableEventArgs GetAwaiter() => this;

    /// <summary>For an operation that completed at once: the socket raises no event then.</summary>
    public void Complete() => outcome.TrySetResult(SocketError);

    public void Abort(SocketError error = SocketError.OperationAborted)
    {
        if (error == SocketError.Success)
            throw new ArgumentException("An abort is no success.", nameof(error));
        outcome.TrySetResult(error);
    }

    public int GetResult()
    {
        var error = outcome.Task.GetAwaiter().GetResult();
        return error == SocketError.Success ? BytesTransferred : throw new SocketException((int)error);
    }

    public void OnCompleted(Action continuation) => outcome.Task.GetAwaiter().OnCompleted(OnScheduler(continuation));

    public void UnsafeOnCompleted(Action continuation) => outcome.Task.GetAwaiter().UnsafeOnCompleted(OnScheduler(continuation));

    protected override void OnCompleted(SocketAsyncEventArgs e) => Complete();

    private Action OnScheduler(Action continuation) => ioScheduler is null
        ? continuation
        : () => ioScheduler.Schedule(static state => ((Action)state!)(), continuation);
}
