namespace Gateway.Tests.Sessions;

/// <summary>What every session store does with many sessions and many callers.</summary>
public abstract class SessionStoreListContract : SessionStoreContract
{
    [Fact]
    public async Task List_HasTheLiveSessionsOfTheUserTheOldestFirst()
    {
        var first = await BeginAsync("c");
        await PassAsync(TimeSpan.FromSeconds(2));
        var second = await BeginAsync("a");
        await BeginAsync("b", userId: "43");
        await PassAsync(TimeSpan.FromSeconds(2));
        var third = await BeginAsync("d");
        await Store.RemoveAsync(second.Key, second.UserId, Token);

        var listed = await Store.ListAsync("42", Token);

        Assert.Equal([first.Key, third.Key], listed.Select(live => live.Session.Key));
        Assert.Empty(await Store.ListAsync("nobody", Token));
    }

    [Fact]
    public async Task List_KnowsASessionForAsLongAsItIsUsed()
    {
        var session = await BeginAsync("a");
        for (var renewal = 0; renewal < 57; renewal++)
        {
            await PassAsync(TimeSpan.FromMinutes(25));
            Assert.NotNull(await Store.RenewAsync(session.Key, Token));
        }

        Assert.Single(await Store.ListAsync("42", Token));
    }

    [Fact]
    public async Task Agreement_GivesEverybodyTheFirstProposal()
    {
        var agreed = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            number => Task.Run(() => Store.AgreeAsync("name", $"proposal {number}", TimeSpan.FromSeconds(10), Token))));

        var first = Assert.Single(agreed.Distinct(StringComparer.Ordinal));
        Assert.Equal(first, await Store.AgreeAsync("name", "late", TimeSpan.FromSeconds(10), Token));
        Assert.Equal("late", await Store.AgreeAsync("another name", "late", TimeSpan.FromSeconds(10), Token));
    }

    [Fact]
    public async Task Agreement_IsOverInTime_HoweverOftenItWasAskedFor()
    {
        await Store.AgreeAsync("name", "first", TimeSpan.FromSeconds(10), Token);
        await PassAsync(TimeSpan.FromSeconds(9));
        Assert.Equal("first", await Store.AgreeAsync("name", "second", TimeSpan.FromSeconds(10), Token));
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("third", await Store.AgreeAsync("name", "third", TimeSpan.FromSeconds(10), Token));
    }
}
