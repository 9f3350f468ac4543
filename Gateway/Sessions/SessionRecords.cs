using System.Text.Json;
using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>Sessions as JSON. What is no session of this gateway's writing is none at all.</summary>
internal sealed class SessionRecords(TimeProvider clock, ILogger<SessionRecords> logger)
{
    // Bytes; one of the gateway's own has a few hundred, or some thousand with very many roles.
    private const int Largest = 256 * 1024;

    private readonly RecordMemo memo = new();
    private string? refused;

    public static byte[] Write(Session session) => StoredSession.Write(session);

    /// <summary>Null when there is nothing, or nothing that holds for this key and this moment.</summary>
    public Session? Read(RedisValue json, string key) =>
        Find(json, key) is { } session && clock.GetUtcNow() < session.ExpiresAt ? session : null;

    /// <summary>Says once, and not at each of a browser's requests, that what stands under the key is no record of it.</summary>
    public void Missed(RedisValue json, string key)
    {
        if (json.IsNull || Find(json, key) is not null)
            return;
        if (!string.Equals(Interlocked.Exchange(ref refused, key), key, StringComparison.Ordinal))
            logger.RecordRefused(SessionLog.Short(key));
    }

    private Session? Find(RedisValue json, string key)
    {
        if (json.IsNull)
            return null;
        var text = (ReadOnlyMemory<byte>)json;
        if (memo.Find(key, text.Span) is { } known)
            return known;
        if (Parse(text, key) is not { } session || !session.IsWhole())
            return null;
        memo.Keep(session, text);
        return session;
    }

    private static Session? Parse(ReadOnlyMemory<byte> text, string key)
    {
        try
        {
            return text.Length <= Largest ? StoredSession.Read(text.Span, key) : null;
        }
        catch (JsonException)
        {
            // Somebody else wrote under our prefix, or half a value.
            return null;
        }
    }
}
