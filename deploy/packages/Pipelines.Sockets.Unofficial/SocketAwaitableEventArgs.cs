using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>One socket operation to await; whichever comes first, completion or <see cref="Abort"/>, settles it.</summary>
public class SocketAwaitableEventArgs(PipeScheduler? ioScheduler = null) : SocketAsyncEventArgs, ICriticalNotifyCompletion
{
    // The error is the task's result and not its exception, so that an abort nobody awaits isn't an unobserved exception.
    private readonly TaskCompletionSource<SocketError> outcome = new();

    public bool IsCompleted => outcome.Task.IsCompleted;

    public SocketAwaitableEventArgs GetAwaiter() => this;

    /// <summary>To be called when the socket reports that the operation completed synchronously.</summary>
    public void Complete() => outcome.TrySetResult(SocketError);

    public void Abort(SocketError error = SocketError.OperationAborted) => outcome.TrySetResult(error);

    public int GetResult()
    {
        var error = outcome.Task.GetAwaiter().GetResult();
        return error == SocketError.Success ? BytesTransferred : throw new SocketException((int)error);
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => outcome.Task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(
        () => (ioScheduler ?? PipeScheduler.Inline).Schedule(static state => ((Action)state!)(), continuation));

    protected override void OnCompleted(SocketAsyncEventArgs e) => Complete();
}
