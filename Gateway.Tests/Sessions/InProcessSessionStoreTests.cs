using Gateway.Sessions;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

public sealed class InProcessSessionStoreTests : SessionStoreListContract
{
    private readonly TestClock clock = new();
    private readonly InProcessSessionStore store;

    public InProcessSessionStoreTests() => store = new InProcessSessionStore(Settings, clock);

    private protected override ISessionStore Store => store;

    private protected override DateTimeOffset Now => clock.GetUtcNow();

    private protected override Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}
