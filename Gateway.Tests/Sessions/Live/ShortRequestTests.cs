using Gateway.Forwarding;
using Gateway.Sessions;
using Gateway.Sessions.Live;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Tests.Sessions.Live;

/// <summary>Nearly all requests are over before anybody looks after them.</summary>
public sealed class ShortRequestTests
{
    private static readonly Session Ann = new(
        "0123456789abcdef", "42", Stage.Email, "Ann", [], DateTimeOffset.UtcNow, DateTimeOffset.MaxValue, Restored: false, Browser: null, "stamp");

    private readonly TestClock clock = new();
    private readonly CompletingResponse response = new();
    private readonly DefaultHttpContext context = new() { User = Ann.ToPrincipal() };
    private readonly OpenRequests open;
    private readonly LiveMiddleware middleware;

    public ShortRequestTests()
    {
        context.Features.Set<IHttpResponseFeature>(response);
        var route = new ProxiedRoute(new RouteConfig { RouteId = "site" });
        context.SetEndpoint(new Endpoint(requestDelegate: null, new EndpointMetadataCollection(route), "site"));
        open = new OpenRequests(clock);
        middleware = new LiveMiddleware(_ => Task.CompletedTask, open);
    }

    [Fact]
    public async Task ShortRequests_AllocateNothingButWhatReadingAPrincipalTakes()
    {
        const int Count = 1000;
        await PassAsync(Count);
        Assert.NotNull(context.User.Session());

        var start = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < Count; number++)
            context.User.Session();
        var reading = GC.GetAllocatedBytesForCurrentThread() - start;
        await PassAsync(Count);

        // Less than a byte for each.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - start - reading, 0, reading + Count);
    }

    [Fact]
    public async Task Request_IsLookedAfterOnceItHasRunForAMomentAndUntilItEnds()
    {
        await middleware.InvokeAsync(context);
        Assert.Empty(open.BySession());

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Ann.Key, Assert.Single(open.BySession()).Session.Key);

        await response.CompleteAsync();
        Assert.Empty(open.BySession());
    }

    private async Task PassAsync(int requests)
    {
        for (var number = 0; number < requests; number++)
        {
            await middleware.InvokeAsync(context);
            await response.CompleteAsync();
        }
    }

    private sealed class CompletingResponse : HttpResponseFeature
    {
        private (Func<object, Task> Callback, object State) completed;

        public override void OnCompleted(Func<object, Task> callback, object state) => completed = (callback, state);

        public Task CompleteAsync() => completed.Callback(completed.State);
    }
}
