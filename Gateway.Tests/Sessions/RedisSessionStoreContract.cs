using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using GatewayKeys = Gateway.Sessions.RedisKeys;
using TestKeys = Gateway.Tests.Hosting.RedisKeys;

namespace Gateway.Tests.Sessions;

/// <summary>What the store in Redis does, whatever server is there.</summary>
public abstract class RedisSessionStoreContract : SessionStoreListContract, IAsyncDisposable
{
    // Redis goes by its own clock; this one says when a record's absolute end has come.
    private readonly TestClock clock = new();
    private readonly TestKeys keys;
    private readonly RedisConnection connection;
    private readonly RedisSessionStore store;

    private protected RedisSessionStoreContract(TestKeys keys)
    {
        this.keys = keys;
        connection = GatewayRedis.Connect(keys);
        var settings = new SessionSettings { KeyPrefix = keys.Prefix };
        var records = new SessionRecords(clock, NullLogger<SessionRecords>.Instance);
        store = new RedisSessionStore(connection, new GatewayKeys(settings), records, settings, clock);
    }

    private protected override ISessionStore Store => store;

    private protected override DateTimeOffset Now => clock.GetUtcNow();

    [Fact]
    public async Task Record_ThatStaysAsItIs_IsReadOnce()
    {
        var session = await BeginAsync("a");

        Assert.Same(await Store.RenewAsync(session.Key, Token), await Store.RenewAsync(session.Key, Token));
        Assert.Same(await Store.RenewAsync(session.Key, Token), (await Store.PeekAsync(session.Key, Token))!.Session);
    }

    [Fact]
    public async Task Record_CopiedUnderAnotherKey_IsNoSession()
    {
        var session = await BeginAsync("a");
        var elsewhere = new string('b', 64);
        await keys.SetAsync("session:" + elsewhere, (await keys.GetAsync("session:" + session.Key))!, TimeSpan.FromMinutes(30));

        Assert.Null(await Store.RenewAsync(elsewhere, Token));
        Assert.Null(await Store.PeekAsync(elsewhere, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"key\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\"userId\":\"42\",\"roles\":[],\"expiresAt\":\"2999-01-01T00:00:00+00:00\"}")]
    public async Task Record_ThatIsNone_IsNoSession(string record)
    {
        var key = new string('b', 64);
        await keys.SetAsync("session:" + key, record, TimeSpan.FromMinutes(30));

        Assert.Null(await Store.RenewAsync(key, Token));
        Assert.Null(await Store.PeekAsync(key, Token));
    }

    [Fact]
    public async Task Record_OfAnotherTypeInRedis_IsNoSession()
    {
        await keys.ExecuteAsync("LPUSH", keys.Prefix + "session:" + new string('b', 64), "x");

        Assert.Null(await Store.RenewAsync(new string('b', 64), Token));
        Assert.Null(await Store.PeekAsync(new string('b', 64), Token));
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected override async Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        await keys.PassAsync(time);
    }
}
