using Gateway.Sessions;

namespace Gateway.Tests.Sessions;

/// <summary>What every session store does; each has a subclass.</summary>
public abstract class SessionStoreContract
{
    private protected static readonly SessionSettings Settings = new();

    private protected abstract ISessionStore Store { get; }

    private protected abstract DateTimeOffset Now { get; }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_ThatIsUsed_SlidesOn()
    {
        var session = await BeginAsync("a");
        await PassAsync(TimeSpan.FromMinutes(29));
        Assert.NotNull(await Store.RenewAsync(session.Key, Token));
        await PassAsync(TimeSpan.FromMinutes(29));

        var renewed = await Store.RenewAsync(session.Key, Token);

        Assert.Equivalent(session, renewed);
    }

    [Fact]
    public async Task Session_ThatNobodyUsed_IsOverAfterTheIdleTimeout()
    {
        var session = await BeginAsync("a");
        await PassAsync(Settings.IdleTimeout);

        Assert.Null(await Store.PeekAsync(session.Key, Token));
        Assert.Null(await Store.RenewAsync(session.Key, Token));
        Assert.False(await Store.UpdateAsync(session, Token));
        Assert.Empty(await Store.ListAsync(session.UserId, Token));
    }

    [Fact]
    public async Task Peek_TellsWhenTheSessionEndsAndDoesNotExtendIt()
    {
        var session = await BeginAsync("a");
        await PassAsync(TimeSpan.FromMinutes(20));

        var live = await Store.PeekAsync(session.Key, Token);

        Assert.Equivalent(session, live!.Session);
        Assert.InRange(live.IdleExpiresAt - Now, TimeSpan.FromSeconds(595), TimeSpan.FromSeconds(600));
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Null(await Store.PeekAsync(session.Key, Token));
    }

    [Fact]
    public async Task Find_TellsThoseThatAreThereAndExtendsNone()
    {
        var (first, second, gone) = (await BeginAsync("a"), await BeginAsync("b", userId: "7"), await BeginAsync("c"));
        await PassAsync(TimeSpan.FromMinutes(20));
        Assert.True(await Store.RemoveAsync(gone.Key, gone.UserId, Token));

        var found = await Store.FindAsync([second.Key, gone.Key, Draft("d").Key, first.Key], Token);

        Assert.Equivalent(new[] { first, second }, found.OrderBy(session => session.Key, StringComparer.Ordinal).ToArray(), strict: true);
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(await Store.FindAsync([first.Key, second.Key], Token));
    }

    [Fact]
    public async Task Renewal_OfASessionThatIsGone_DoesNotBringItBack()
    {
        var session = await BeginAsync("a");
        Assert.True(await Store.RemoveAsync(session.Key, session.UserId, Token));

        Assert.Null(await Store.RenewAsync(session.Key, Token));
        Assert.False(await Store.UpdateAsync(session, Token));
        Assert.Null(await Store.PeekAsync(session.Key, Token));
        Assert.False(await Store.RemoveAsync(session.Key, session.UserId, Token));
    }

    [Fact]
    public async Task Renewal_NearTheAbsoluteEnd_DoesNotGoBeyondIt()
    {
        var session = await BeginAsync("a", lifetime: TimeSpan.FromMinutes(40));
        await PassAsync(TimeSpan.FromMinutes(20));

        Assert.NotNull(await Store.RenewAsync(session.Key, Token));

        var live = await Store.PeekAsync(session.Key, Token);
        Assert.InRange(live!.IdleExpiresAt - Now, TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(20));
        await PassAsync(TimeSpan.FromMinutes(20));
        Assert.Null(await Store.RenewAsync(session.Key, Token));
    }

    [Fact]
    public async Task Creation_ReturnsWhatIsInTheStoreNow()
    {
        var (isNew, created) = await Store.CreateAsync(Draft("a"), Token);

        Assert.True(isNew);
        Assert.Equivalent((await Store.PeekAsync(created!.Key, Token))!.Session, created, strict: true);
    }

    [Fact]
    public async Task Creation_UnderAKeyInUse_ChangesNothing()
    {
        var session = await BeginAsync("a");

        Assert.Equal((false, null), await Store.CreateAsync(session with { UserId = "other" }, Token));

        Assert.Equal(session.UserId, (await Store.RenewAsync(session.Key, Token))!.UserId);
    }

    [Fact]
    public async Task Creation_OfASessionThatIsOverAlready_CreatesNothing()
    {
        var session = Draft("a") with { ExpiresAt = Now };

        Assert.Equal((false, null), await Store.CreateAsync(session, Token));

        Assert.Null(await Store.PeekAsync(session.Key, Token));
    }

    [Fact]
    public async Task Update_KeepsTheTimeToLive()
    {
        var session = await BeginAsync("a");
        await PassAsync(TimeSpan.FromMinutes(20));

        Assert.True(await Store.UpdateAsync(session with { Roles = ["editor"] }, Token));

        var live = await Store.PeekAsync(session.Key, Token);
        Assert.Equal(["editor"], live!.Session.Roles);
        Assert.InRange(live.IdleExpiresAt - Now, TimeSpan.FromSeconds(595), TimeSpan.FromSeconds(600));
    }

    private protected abstract Task PassAsync(TimeSpan time);

    private protected Session Draft(string name, TimeSpan? lifetime = null, string userId = "42") => new(
        Key: string.Concat(Enumerable.Repeat(name, 64)), userId, "ann@example.org", "Ann", ["reader"], Now, Now + (lifetime ?? Settings.AbsoluteTimeout),
        Restored: false, Browser: null, Stamp: "stamp");

    private protected async Task<Session> BeginAsync(string name, TimeSpan? lifetime = null, string userId = "42")
    {
        var session = Draft(name, lifetime, userId);
        Assert.True((await Store.CreateAsync(session, Token)).IsNew);
        return session;
    }
}
