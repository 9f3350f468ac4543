using Gateway.Sessions;

namespace Gateway.Administration.Figures;

/// <summary>For one gateway without Redis: exact, and as of now.</summary>
internal sealed class InProcessSessionCounter(ISessionStore store, TimeProvider clock) : ISessionCounter
{
    public SessionCount Ask() => new((store as InProcessSessionStore)?.CountLive(), clock.GetUtcNow());

    public Task<SessionCount> CountAsync(CancellationToken cancellationToken) => Task.FromResult(Ask());
}
