using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>
/// Sessions in Redis: a JSON record per session, whose time to live is the idle timeout, and per user a sorted set of the keys of
/// their sessions, by absolute end. No command touches two keys, so that the keys may live on different nodes of a cluster.
/// </summary>
internal sealed class RedisSessionStore(
    RedisConnection redis,
    RedisKeys keys,
    SessionRecords records,
    SessionSettings settings,
    TimeProvider clock) : ISessionStore
{
    // For what is no text, and therefore no record.
    private static readonly RedisValue NoRecord = RedisValue.EmptyString;

    private readonly MissWatch misses = new(clock);

    public async Task<Session?> RenewAsync(string key, CancellationToken cancellationToken)
    {
        RedisValue json;
        var isSure = misses.AreUsual;
        try
        {
            json = isSure
                ? await redis.AskSurelyAsync(db => RenewAsync(db, key), keys.Session(key), cancellationToken)
                : await redis.AskAsync(db => RenewAsync(db, key), cancellationToken);
        }
        catch (StoreUnavailableException exception) when (exception.RefusesWrites)
        {
            return (await PeekAsync(key, cancellationToken))?.Session;
        }
        catch (StoreUnavailableException exception) when (exception.InnerException.IsOfAnotherType())
        {
            (json, isSure) = (NoRecord, false);
        }

        if (records.Read(json, key) is not { } session)
        {
            await MissAsync(json, key, isSure, cancellationToken);
            return null;
        }

        if (TimeToLive(session) is var left && left < settings.IdleTimeout)
            await redis.AskAsync(db => db.KeyExpireAsync(keys.Session(key), left), cancellationToken);
        return session;
    }

    public async Task<LiveSession?> PeekAsync(string key, CancellationToken cancellationToken)
    {
        RedisValueWithExpiry found;
        try
        {
            found = await redis.ReadAsync(db => db.StringGetWithExpiryAsync(keys.Session(key)), cancellationToken);
        }
        catch (StoreUnavailableException exception) when (exception.InnerException.IsOfAnotherType())
        {
            found = new RedisValueWithExpiry(NoRecord, expiry: null);
        }

        // A replica is believed what it has, and not that there is no more.
        if (found.Value.IsNull && redis.MayLackRecords)
            throw new StoreUnavailableException("Redis may lack records");
        if (records.Read(found.Value, key) is { } session)
            return new LiveSession(session, clock.GetUtcNow() + (found.Expiry ?? TimeSpan.Zero));
        await MissAsync(found.Value, key, isSure: false, cancellationToken);
        return null;
    }

    public async Task<IReadOnlyList<Session>> FindAsync(IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        // One command for all; in a cluster one for each of its slots.
        var found = await redis.ReadAsync(
            db => Task.WhenAll(wanted.GroupBy(key => db.Multiplexer.HashSlot(keys.Session(key))).Select(some => ReadAsync(db, [.. some]))),
            cancellationToken);
        return [.. found.SelectMany(sessions => sessions)];
    }

    public async Task<(bool IsNew, Session? Session)> CreateAsync(Session session, CancellationToken cancellationToken)
    {
        // Over before it begins, as the last session of a remembered browser can be: Redis takes no time to live under a millisecond.
        if (TimeToLive(session) < TimeSpan.FromMilliseconds(1))
            return (false, null);
        var (isNew, json) = await redis.AskAsync(db => CreateAsync(db, session), cancellationToken);
        return (isNew, records.Read(json, session.Key));
    }

    public async Task<bool> UpdateAsync(Session session, CancellationToken cancellationToken)
    {
        var updated = await redis.AskAsync(
            db => db.StringSetAsync(keys.Session(session.Key), SessionRecords.Write(session), Expiration.KeepTtl, ValueCondition.Exists),
            cancellationToken);
        await AnnounceAsync(session.Key, cancellationToken);
        await redis.ConfirmAsync(keys.Session(session.Key), cancellationToken);
        return updated;
    }

    public async Task<bool> RemoveAsync(string key, string userId, CancellationToken cancellationToken)
    {
        var removed = await redis.AskAsync(db => db.KeyDeleteAsync(keys.Session(key)), cancellationToken);
        await redis.AskAsync(db => db.SortedSetRemoveAsync(keys.SessionsOf(userId), IndexMember.AnyOf(key)), cancellationToken);
        await AnnounceAsync(key, cancellationToken);
        await redis.ConfirmAsync(keys.Session(key), cancellationToken);
        return removed;
    }

    public async Task<IReadOnlyList<LiveSession>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        // Whoever ends all of them must not miss one.
        if (redis.MayLackRecords)
            throw new StoreUnavailableException("Redis may lack records");
        var index = keys.SessionsOf(userId);
        var members = await redis.ReadAsync(db => db.SortedSetRangeByRankAsync(index, flags: CommandFlags.DemandMaster), cancellationToken);
        await redis.ConfirmAsync(index, cancellationToken);
        var found = await Task.WhenAll(members.Select(member => PeekAsync(IndexMember.KeyOf(member), cancellationToken)));
        // Whoever can write into the index must not have another user's sessions shown, or ended.
        return
        [
            .. found.OfType<LiveSession>()
                .Where(live => string.Equals(live.Session.UserId, userId, StringComparison.Ordinal))
                .OrderBy(live => live.Session.StartedAt),
        ];
    }

    public async Task<string> AgreeAsync(string name, string proposal, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        // In two steps: SET with NX and GET at once needs Redis 7. Both are confirmed: otherwise a browser could be restored although it
        // was forgotten, or not although it was not.
        var agreement = keys.Agreement(name);
        while (true)
        {
            if (await redis.AskSurelyAsync(db => db.StringSetAsync(agreement, proposal, lifetime, ValueCondition.NotExists), agreement, cancellationToken))
                return proposal;
            var agreed = await redis.AskSurelyAsync(db => db.StringGetAsync(agreement), agreement, cancellationToken);
            if (!agreed.IsNull)
                return agreed.ToString();
        }
    }

    // GETEX, one round trip: it extends what exists and nothing else.
    private Task<RedisValue> RenewAsync(IDatabaseAsync db, string key) => db.StringGetSetExpiryAsync(keys.Session(key), settings.IdleTimeout);

    // The index first: whoever ends all sessions of a user afterwards must find this one there. One server does what it is sent in that
    // order; in a cluster, the index may be on another.
    private async Task<(bool IsNew, RedisValue Json)> CreateAsync(IDatabase db, Session session)
    {
        var batch = db.CreateBatch();
        var indexed = IndexAsync(batch, session);
        if (RedisCluster.GoesOn(redis.Current))
        {
            batch.Execute();
            await indexed;
            batch = db.CreateBatch();
        }

        var created = batch.StringSetAsync(keys.Session(session.Key), SessionRecords.Write(session), TimeToLive(session), ValueCondition.NotExists);
        var json = batch.StringGetAsync(keys.Session(session.Key));
        batch.Execute();
        await indexed;
        // What was there before may be of another type.
        return await created ? (true, await json) : (false, RedisValue.Null);
    }

    private Task IndexAsync(IBatch batch, Session session)
    {
        var index = keys.SessionsOf(session.UserId);
        return Task.WhenAll(
            batch.SortedSetRemoveRangeByScoreAsync(index, double.NegativeInfinity, clock.GetUtcNow().ToUnixTimeSeconds()),
            batch.SortedSetAddAsync(index, IndexMember.Of(session.Key), session.ExpiresAt.ToUnixTimeSeconds()),
            batch.KeyExpireAsync(index, settings.AbsoluteTimeout + TimeSpan.FromMinutes(1)));
    }

    // "Nothing there" and "not what belongs there" are what everybody else's answer looks like, too. A record that proves itself costs
    // one question, its absence a second one, in the same flight where it was likely.
    private async Task MissAsync(RedisValue found, string key, bool isSure, CancellationToken cancellationToken)
    {
        misses.Note();
        if (!isSure)
            await redis.ConfirmAsync(keys.Session(key), cancellationToken);
        records.Missed(found, key);
    }

    private async Task<IEnumerable<Session>> ReadAsync(IDatabase db, string[] wanted)
    {
        var values = await db.StringGetAsync([.. wanted.Select(keys.Session)]);
        return wanted.Zip(values, (key, json) => records.Read(json, key)).OfType<Session>();
    }

    private Task<long> AnnounceAsync(string key, CancellationToken cancellationToken) =>
        redis.AskAsync(db => db.PublishAsync(keys.Revoked, key), cancellationToken);

    private TimeSpan TimeToLive(Session session)
    {
        var left = session.ExpiresAt - clock.GetUtcNow();
        return left < settings.IdleTimeout ? left : settings.IdleTimeout;
    }
}
