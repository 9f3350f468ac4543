using System.Collections.Concurrent;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Sessions;

/// <summary>A session begins while its user is being changed: whatever was read of the user before, the change wins.</summary>
public sealed class SessionIssuerTests(SharedRedis redis)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_OfAUserWhoWasDisabledMeanwhile_DoesNotBegin(bool inRedis)
    {
        await using var stage = await Stage.StartAsync(inRedis ? redis.NewKeys() : null);
        var draft = await DraftAsync(stage);
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));

        Assert.Null(await BeginAsync(stage, draft));

        Assert.Empty(await Store(stage).ListAsync(Stage.UserId, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Session_OfAUserWhoseRolesChangedMeanwhile_BeginsWithTheNewOnes()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        var draft = await DraftAsync(stage);
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["editor"]));

        var session = await BeginAsync(stage, draft);

        Assert.Equal(["editor"], session!.Roles);
        var stored = Assert.Single(await Store(stage).ListAsync(Stage.UserId, TestContext.Current.CancellationToken));
        Assert.Equal(["editor"], stored.Session.Roles);
    }

    [Fact]
    public async Task Session_ThatSomebodyBeganUnderTheSameId_IsTheOneThatIsUsed()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        var draft = await DraftAsync(stage);
        var first = await BeginAsync(stage, draft);

        var second = await BeginAsync(stage, draft with { StartedAt = draft.StartedAt.AddSeconds(5) });

        Assert.Equal(first!.StartedAt, second!.StartedAt);
    }

    [Fact]
    public async Task Session_ThatEnded_IsUnknownOnThisNodeBeforeTheAnnouncementComesBack()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));
        var (reader, issuer) = (stage.Gateway.Services.GetRequiredService<SessionReader>(), stage.Gateway.Services.GetRequiredService<SessionIssuer>());

        for (var time = 0; time < 50; time++)
        {
            var session = await BeginAsync(stage, await DraftAsync(stage));
            Assert.NotNull(await reader.FindAsync(session!.Key, extends: true, TestContext.Current.CancellationToken));
            await issuer.EndAsync(session.Key, session.UserId, "test", TestContext.Current.CancellationToken);
            Assert.Null(await reader.FindAsync(session.Key, extends: true, TestContext.Current.CancellationToken));
        }
    }

    // Anybody can log out of as many sessions as they make up.
    [Fact]
    public async Task Session_ThatSomebodyMadeUp_LeavesNoTraceWhenItIsEnded()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        var traces = new ConcurrentQueue<string>();
        stage.Gateway.Services.GetRequiredService<SessionCache>().OnDrop(traces.Enqueue);
        var session = await BeginAsync(stage, await DraftAsync(stage));
        var issuer = stage.Gateway.Services.GetRequiredService<SessionIssuer>();

        await issuer.EndAsync(SessionId.New().Key, userId: null, "test", TestContext.Current.CancellationToken);
        Assert.Empty(traces);
        await issuer.EndAsync(session!.Key, userId: null, "test", TestContext.Current.CancellationToken);
        Assert.Contains(session.Key, traces);
    }

    private static ISessionStore Store(Stage stage) => stage.Gateway.Services.GetRequiredService<ISessionStore>();

    private static Task<Session?> BeginAsync(Stage stage, Session draft) =>
        stage.Gateway.Services.GetRequiredService<SessionIssuer>().BeginAsync(draft, TestContext.Current.CancellationToken);

    private static async Task<Session> DraftAsync(Stage stage)
    {
        await using var scope = stage.Gateway.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindAsync(Stage.UserId, TestContext.Current.CancellationToken);
        var now = DateTimeOffset.UtcNow;
        return Session.For(user!, now, now.AddDays(1), restored: false, browser: null) with { Key = SessionId.New().Key };
    }
}
