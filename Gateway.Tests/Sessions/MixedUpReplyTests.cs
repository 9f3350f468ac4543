using Gateway.Login.Throttle;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using GatewayKeys = Gateway.Sessions.RedisKeys;

namespace Gateway.Tests.Sessions;

/// <summary>The reply to a question is lost, and the client takes the next one for it.</summary>
public sealed class MixedUpReplyTests : IAsyncLifetime
{
    private static readonly SessionSettings Settings = new();
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly GatewayKeys keys = new(Settings);
    private RedisServer server = null!;
    private FaultyLine line = null!;
    private RedisConnection connection = null!;
    private RedisSessionStore store = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await RedisServer.StartNewAsync();
        line = new FaultyLine(server.Port);
        connection = GatewayRedis.Connect($"127.0.0.1:{line.Port}");
        await connection.MultiplexerAsync();
        store = new RedisSessionStore(
            connection, keys, new SessionRecords(TimeProvider.System, NullLogger<SessionRecords>.Instance), Settings, TimeProvider.System);
        foreach (var user in (string[])["ann", "bob"])
            Assert.True((await store.CreateAsync(SessionOf(user), Now)).IsNew);
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("nobody")]
    public async Task ASession_IsNeitherAnothersNorGone(string other)
    {
        await AssertRefusedAsync(() => store.RenewAsync("ann", Now), () => store.RenewAsync(other, Now));

        await EventuallyAsync(async () => (await store.RenewAsync("ann", Now))?.UserId == "ann");
    }

    // A miss is likely then, and is confirmed in the same flight.
    [Theory]
    [InlineData("bob")]
    [InlineData("nobody")]
    public async Task ASessionAfterOneThatWasNotThere_IsNeitherAnothersNorGone(string other)
    {
        Assert.Null(await store.RenewAsync("somebody", Now));
        // After a PING the client selects its database anew, whose reply would be lost as well.
        Assert.NotNull(await store.RenewAsync("ann", Now));

        await AssertRefusedAsync(() => store.RenewAsync("ann", Now), () => store.RenewAsync(other, Now));

        await EventuallyAsync(async () => (await store.RenewAsync("ann", Now))?.UserId == "ann");
        Assert.Null(await store.RenewAsync("nobody", Now));
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("nobody")]
    public Task ASessionThatIsLookedAt_IsNeitherAnothersNorGone(string other) =>
        AssertRefusedAsync(() => store.PeekAsync("ann", Now), () => store.RenewAsync(other, Now));

    [Fact]
    public Task TheListOfAUser_IsNotThatOfAnother() => AssertRefusedAsync(() => store.ListAsync("ann", Now), () => store.ListAsync("bob", Now));

    // Nobody restores "bob" any more; of "ann" nothing is said.
    [Fact]
    public async Task AnAgreement_IsNotThatOfAnother()
    {
        await store.AgreeAsync("bob", "never", Lifetime, Now);

        await AssertRefusedAsync(() => store.AgreeAsync("ann", "one", Lifetime, Now), () => store.AgreeAsync("bob", "two", Lifetime, Now));

        await EventuallyAsync(async () => await store.AgreeAsync("ann", "three", Lifetime, Now) == "one");
    }

    [Fact]
    public Task ARemoval_IsNotBelievedBecauseOfAnother() =>
        AssertRefusedAsync(() => store.RemoveAsync("ann", "ann", Now), () => store.RemoveAsync("bob", "bob", Now));

    [Fact]
    public Task ACountOfAttempts_IsNotThatOfAnother()
    {
        var attempts = new RedisAttemptCounter(connection, keys);
        return AssertRefusedAsync(() => attempts.AddAsync("ann", 5, Lifetime, Now), () => attempts.AddAsync("bob", 5, Lifetime, Now));
    }

    [Fact]
    public async Task AnAnswerOfAnotherKind_IsAFailureAtOnceAndTheClientIsReplaced()
    {
        await AssertRefusedAsync(() => connection.ReadAsync(db => db.SortedSetLengthAsync("none"), Now), () => store.RenewAsync("ann", Now));

        await EventuallyAsync(async () => (await store.RenewAsync("ann", Now))?.UserId == "ann");
        Assert.Equal(4, line.Connections);
        await Eventually.TrueAsync(() => line.Open == 2);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await line.DisposeAsync();
        await server.DisposeAsync();
    }

    private static Session SessionOf(string user) => new(
        user, user, $"{user}@example.org", null, [], DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1), Restored: false, Browser: null, "stamp");

    /// <param name="other">Asked when the reply to the question is lost: what the question gets is the reply to this.</param>
    private async Task AssertRefusedAsync(Func<Task> question, Func<Task> other)
    {
        var lost = 0;
        line.Fault = new LineFault { Skips = _ => Interlocked.Increment(ref lost) == 1 };
        var asked = question();
        await Eventually.TrueAsync(() => Volatile.Read(ref lost) > 0);
        var others = other();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => asked);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => others);
    }

    private static Task EventuallyAsync(Func<Task<bool>> isRight) => Eventually.TrueAsync(async () =>
    {
        try
        {
            return await isRight();
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    });
}
