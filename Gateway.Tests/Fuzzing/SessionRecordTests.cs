using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using GatewayKeys = Gateway.Sessions.RedisKeys;

namespace Gateway.Tests.Fuzzing;

/// <summary>Whatever stands in Redis where a session should.</summary>
public sealed class SessionRecordTests : IAsyncDisposable
{
    private static readonly string Key = new('a', 64);
    private static readonly DateTimeOffset Second = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    private static readonly Session Right = new(
        Key, "42", "ann@example.org", "Ann", ["editor", "reader"], Second, Second.AddHours(1), Restored: false, "browser", "stamp");

    private readonly Hosting.RedisKeys keys;
    private readonly RedisConnection connection;
    private readonly RedisSessionStore store;

    public SessionRecordTests(SharedRedis redis)
    {
        keys = redis.NewKeys();
        connection = GatewayRedis.Connect(keys);
        var settings = new SessionSettings { KeyPrefix = keys.Prefix };
        var records = new SessionRecords(TimeProvider.System, NullLogger<SessionRecords>.Instance);
        store = new RedisSessionStore(connection, new GatewayKeys(settings), records, settings, TimeProvider.System);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Record_Whatever_IsAWholeSessionOrNone(bool ofBefore)
    {
        var right = ofBefore ? JsonSerializer.Serialize(Right, SessionJson.Default.Session) : Encoding.UTF8.GetString(SessionRecords.Write(Right));
        var pieces = Texts.Of("{", "}", "[", "]", ":", ",", "null", "true", "\"key\"", "\"k\"", $"\"{Key}\"", "\"userId\"", "\"roles\"", "1e999", "\"\\ud800\"");
        var halves = Gen.SubListOf(Fields(right)).Select(fields => $"{{{string.Join(',', fields)}}}");
        var nulls = Gen.SubListOf(Fields(right)).Select(fields => fields.Aggregate(right, (json, field) => json.Replace(field, field.Split(':')[0] + ":null", StringComparison.Ordinal)));

        Fuzz.Holds(Gen.OneOf(Texts.SlipsIn(right), Texts.SlipsIn(right, 1), pieces, halves, nulls, Texts.Bytes), record =>
        {
            Ask<string>(async () =>
            {
                await keys.SetAsync("session:" + Key, record, TimeSpan.FromMinutes(1));
                return null;
            });

            AssertWhole(Ask(() => store.RenewAsync(Key, TestContext.Current.CancellationToken)));
            AssertWhole(Ask(() => store.PeekAsync(Key, TestContext.Current.CancellationToken))?.Session);
        });
    }

    [Fact]
    public void Session_Whatever_ComesBackAsItWasWritten()
    {
        var texts = Texts.Anything.Where(text => !text.Any(char.IsSurrogate));
        var sessions =
            from name in texts
            from roles in texts.ListOf()
            from minutes in Gen.Choose(1, 600_000)
            from hasBrowser in Gen.Elements(true, false)
            select Right with { Name = name, Roles = roles, ExpiresAt = Right.ExpiresAt.AddMinutes(minutes), Restored = hasBrowser, Browser = hasBrowser ? name : null };

        Fuzz.Holds(sessions, session =>
        {
            var read = StoredSession.Read(SessionRecords.Write(session), Key)!;

            Assert.Equal(session.Roles, read.Roles);
            Assert.Equal(session, read with { Roles = session.Roles });
        });
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    // A busy machine can keep Redis from answering in time; that says nothing of the record.
    private static T? Ask<T>(Func<Task<T?>> question)
        where T : class
    {
        T? answer = null;
        Eventually.TrueAsync(async () =>
        {
            try
            {
                answer = await question();
                return true;
            }
            catch (Exception exception) when (exception is StoreUnavailableException or RedisException or TimeoutException)
            {
                return false;
            }
        }).GetAwaiter().GetResult();
        return answer;
    }

    private static void AssertWhole(Session? session)
    {
        if (session is null)
            return;
        Assert.Equal(Key, session.Key);
        // What every request with it relies on.
        Assert.NotNull(session.ToPrincipal().Session());
        Assert.NotNull(session.Email);
        Assert.NotNull(session.Stamp);
        Assert.DoesNotContain(session.Roles, role => role is null);
        Assert.True(session.UserId.Length > 0 && session.UserId.All(character => character is >= ' ' and <= '~'), $"'{session.UserId}' is no user id");
    }

    private static string[] Fields(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(field => $"\"{field.Name}\":{field.Value.GetRawText()}")];
    }
}
