using Microsoft.AspNetCore.Http.Features;

namespace Micro;

/// <summary>An answer whose callbacks are called, as every real server does: by them a request gives back what it holds.</summary>
internal sealed class Answer : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> starting = [];
    private readonly Stack<(Func<object, Task> Callback, object State)> completed = [];

    public override void OnStarting(Func<object, Task> callback, object state) => starting.Push((callback, state));

    public override void OnCompleted(Func<object, Task> callback, object state) => completed.Push((callback, state));

    public async Task CompleteAsync()
    {
        while (starting.TryPop(out var next))
            await next.Callback(next.State);
        while (completed.TryPop(out var next))
            await next.Callback(next.State);
    }
}
