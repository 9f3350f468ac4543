using Gateway.Login.Throttle;
using Gateway.Users;

namespace Gateway.Tests.Login.Throttle;

public sealed class WaitingRoomTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Turns_AreAsManyAsPasswordsAreHashedAtATime()
    {
        await using var room = new WaitingRoom(new HashingDemand()) { Patience = TimeSpan.FromMilliseconds(100) };
        var turns = await FillAsync(room);

        Assert.Null(await EnterAsync(room, "late"));
        turns[0].Dispose();
        Assert.NotNull(await EnterAsync(room, "late"));
    }

    // For which the hashing leaves the processors to others in between.
    [Fact]
    public async Task Demand_IsThereWhileSomebodyWaits()
    {
        var demand = new HashingDemand();
        await using var room = new WaitingRoom(demand) { Patience = Long };
        var turns = await FillAsync(room);
        Assert.False(demand.IsThere);

        var waiting = EnterAsync(room, "late");
        Assert.True(demand.IsThere);
        turns[0].Dispose();
        Assert.NotNull(await waiting);

        Assert.False(demand.IsThere);
    }

    [Fact]
    public async Task Source_OfAFlood_LetsOthersHaveTheirTurn()
    {
        await using var room = new WaitingRoom(new HashingDemand()) { Patience = Long };
        var turns = await FillAsync(room);
        var flood = Enumerable.Range(0, 200).Select(_ => EnterAsync(room, "flood")).ToList();
        var honest = EnterAsync(room, "honest");

        // Of the flood, only as many as fit into the short queue are waiting still.
        Assert.All(flood.Where(login => login.IsCompleted), login => Assert.Null(login.Result));
        Assert.InRange(flood.Count(login => !login.IsCompleted), 1, 100);
        var waiting = flood.Where(login => !login.IsCompleted).ToList();
        turns.ForEach(turn => turn.Dispose());
        for (var turn = 0; turn < HashingGate.Width; turn++)
        {
            var next = await Task.WhenAny(waiting).WaitAsync(Long, TestContext.Current.CancellationToken);
            waiting.Remove(next);
            (await next)!.Dispose();
        }

        Assert.NotNull(await honest.WaitAsync(Long, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task KnownBrowser_NeverWaitsForStrangers()
    {
        await using var room = new WaitingRoom(new HashingDemand()) { Patience = Long };
        await FillAsync(room);
        var strangers = Enumerable.Range(0, 500).Select(stranger => EnterAsync(room, $"stranger {stranger}")).ToList();

        Assert.NotNull(await room.EnterAsync("ann", isKnown: true, TestContext.Current.CancellationToken));
        Assert.Contains(strangers, login => login.IsCompleted && login.Result is null);
    }

    [Fact]
    public async Task Visitor_WhoLeaves_TakesNobodysTurn()
    {
        await using var room = new WaitingRoom(new HashingDemand()) { Patience = Long };
        var turns = await FillAsync(room);
        using var leaving = new CancellationTokenSource();
        var gone = room.EnterAsync("ann", isKnown: false, leaving.Token);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        turns.ForEach(turn => turn.Dispose());

        await FillAsync(room, "ann");
    }

    private static async Task<List<IDisposable>> FillAsync(WaitingRoom room, string source = "first")
    {
        var turns = new List<IDisposable>();
        for (var turn = 0; turn < HashingGate.Width; turn++)
            turns.Add((await EnterAsync(room, source).WaitAsync(Long, TestContext.Current.CancellationToken))!);
        return turns;
    }

    private static Task<IDisposable?> EnterAsync(WaitingRoom room, string source) =>
        room.EnterAsync(source, isKnown: false, TestContext.Current.CancellationToken);
}
