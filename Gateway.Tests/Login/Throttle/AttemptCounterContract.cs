using Gateway.Login.Throttle;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Login.Throttle;

/// <summary>What every attempt counter does; each has a subclass.</summary>
public abstract class AttemptCounterContract
{
    private const int Limit = 3;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Attempts_AreCountedByName()
    {
        Assert.Equal(1, await AddAsync("a"));
        Assert.Equal(2, await AddAsync("a"));
        Assert.Equal(1, await AddAsync("b"));
    }

    [Fact]
    public async Task Attempts_InParallel_AreEachCountedOnce()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => AddAsync("a"))));

        Assert.Equal(Enumerable.Range(1, 50).Select(count => (long)count), counts.Order());
    }

    [Fact]
    public async Task Attempts_UpToTheLimit_KeepTheCountAlive()
    {
        await AddAsync("a");
        await PassAsync(TimeSpan.FromMinutes(10));
        await AddAsync("a");
        await PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(3, await AddAsync("a"));
    }

    [Fact]
    public async Task Attempts_BeyondTheLimit_DontKeepTheCountAlive()
    {
        for (var attempt = 0; attempt < Limit; attempt++)
            await AddAsync("a");
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(4, await AddAsync("a"));
        await PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(1, await AddAsync("a"));
    }

    [Fact]
    public async Task Look_CountsNothing()
    {
        Assert.Null(await Counter.LookAsync("a", TestContext.Current.CancellationToken));
        await AddAsync("a");
        await AddAsync("a");

        var seen = await Counter.LookAsync("a", TestContext.Current.CancellationToken);

        Assert.Equal(2, seen!.Number);
        Assert.InRange(seen.Left, Window - TimeSpan.FromMinutes(1), Window);
        Assert.Equal(3, await AddAsync("a"));
        await PassAsync(Window + TimeSpan.FromSeconds(1));
        Assert.Null(await Counter.LookAsync("a", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Attempts_AfterAClear_BeginAnew()
    {
        await AddAsync("a");
        await AddAsync("b");

        await Counter.ClearAsync("a", TestContext.Current.CancellationToken);

        Assert.Equal(1, await AddAsync("a"));
        Assert.Equal(2, await AddAsync("b"));
    }

    [Fact]
    public async Task Attempts_ThatProlongNothing_AreForgottenWithTheFirst()
    {
        await AddAsync("a", prolongTo: 1);
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(2, await AddAsync("a", prolongTo: 1));
        await PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(1, await AddAsync("a", prolongTo: 1));
    }

    [Fact]
    public async Task Attempts_TellHowLongTheyAreCounted()
    {
        await AddAsync("a", prolongTo: 1);
        await PassAsync(TimeSpan.FromMinutes(10));

        var count = await Counter.AddAsync("a", 1, Window, TestContext.Current.CancellationToken);

        Assert.InRange(count.Left, TimeSpan.FromMinutes(4.5), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Attempt_TakenBack_IsCountedNoMore()
    {
        await AddAsync("a");
        await AddAsync("a");

        await TakeBackAsync("a");

        Assert.Equal(2, await AddAsync("a"));
    }

    [Fact]
    public async Task Attempt_TakenBackWhenItIsForgotten_LeavesNothingBehind()
    {
        await AddAsync("a");
        await PassAsync(TimeSpan.FromMinutes(15));

        await TakeBackAsync("a");

        Assert.Equal(1, await AddAsync("a"));
    }

    [Fact]
    public async Task Attempts_TakenBackInParallel_AreEachTakenBackOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => AddAsync("a"))));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => TakeBackAsync("a"))));

        Assert.Equal(11, await AddAsync("a"));
    }

    private protected abstract IAttemptCounter Counter { get; }

    private protected abstract Task PassAsync(TimeSpan time);

    private Task TakeBackAsync(string name) => Counter.TakeBackAsync(name, TestContext.Current.CancellationToken);

    private async Task<long> AddAsync(string name, int prolongTo = Limit) =>
        (await Counter.AddAsync(name, prolongTo, Window, TestContext.Current.CancellationToken)).Number;
}

public sealed class InProcessAttemptCounterTests : AttemptCounterContract
{
    private readonly TestClock clock = new();
    private readonly InProcessAttemptCounter counter;

    public InProcessAttemptCounterTests() => counter = new InProcessAttemptCounter(clock);

    private protected override IAttemptCounter Counter => counter;

    private protected override Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}
