using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Sessions;

/// <summary>
/// A session as Redis keeps it: as few bytes as can be read with <c>redis-cli</c>, because there may be millions.
/// </summary>
/// <param name="Proof">
/// The beginning of the key it is stored under. A record found under another key is refused: a client that mixed up two replies must
/// not hand one visitor the session of another.
/// </param>
/// <param name="StartedAt">In seconds since 1970, like the next.</param>
/// <param name="Means">What was proven, by <see cref="ProofNames"/>; absent for the password alone.</param>
/// <param name="EnteredBefore">How many seconds before its beginning the password was entered; absent where that was its beginning.</param>
internal sealed record StoredSession(
    [property: JsonPropertyName("k")] string? Proof,
    [property: JsonPropertyName("userId")] string UserId,
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
    [property: JsonPropertyName("at")] long StartedAt,
    [property: JsonPropertyName("to")] long ExpiresAt,
    [property: JsonPropertyName("r")] bool Restored,
    [property: JsonPropertyName("b")] string? Browser,
    [property: JsonPropertyName("s")] string Stamp,
    [property: JsonPropertyName("ip")] string? Address = null,
    [property: JsonPropertyName("ua")] string? Agent = null,
    [property: JsonPropertyName("m")] string? Means = null,
    [property: JsonPropertyName("e")] long EnteredBefore = 0)
{
    // 40 bits: by chance, one of a million million mixed-up replies would be believed.
    private const int ProofLength = 10;

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    // What is no ASCII stays as it is: two bytes for an umlaut instead of six.
    private static readonly StoredSessionJson Json = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    });

    public static byte[] Write(Session session) => JsonSerializer.SerializeToUtf8Bytes(
        new StoredSession(
            ProofOf(session.Key),
            session.UserId,
            session.Email,
            session.Name,
            session.Roles,
            session.StartedAt.ToUnixTimeSeconds(),
            session.ExpiresAt.ToUnixTimeSeconds(),
            session.Restored,
            session.Browser,
            session.Stamp,
            session.Address,
            session.Agent,
            ProofNames.Write(session.Proofs),
            Before(session)),
        Json.StoredSession);

    /// <summary>Null for what is not the record of this key.</summary>
    /// <exception cref="JsonException">It is no record at all.</exception>
    public static Session? Read(ReadOnlySpan<byte> json, string key)
    {
        var stored = JsonSerializer.Deserialize(json, Json.StoredSession);
        // The gateway of before wrote the whole key, and more; its records last for a day.
        if (stored is { Proof: null })
            return JsonSerializer.Deserialize(json, SessionJson.Default.Session) is { } earlier && earlier.Key == key ? earlier : null;
        return stored is not null && string.Equals(stored.Proof, ProofOf(key), StringComparison.Ordinal) && stored.IsInTime() ? stored.Under(key) : null;
    }

    private bool IsInTime() =>
        StartedAt > 0 && ExpiresAt > 0 && StartedAt <= Latest && ExpiresAt <= Latest && EnteredBefore >= 0 && EnteredBefore <= StartedAt;

    private Session Under(string key)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(StartedAt);
        return new Session(key, UserId, Email, Name, Roles, start, DateTimeOffset.FromUnixTimeSeconds(ExpiresAt), Restored, Browser, Stamp)
        {
            Address = Address,
            Agent = Agent,
            Proofs = ProofNames.Read(Means),
            AuthenticatedAt = EnteredBefore == 0 ? default : start.AddSeconds(-EnteredBefore),
        };
    }

    // Never nothing of a restored session that says when: without it, it counts as one that doesn't.
    private static long Before(Session session)
    {
        if (session.AuthenticatedAt == DateTimeOffset.UnixEpoch)
            return 0;
        var seconds = session.StartedAt.ToUnixTimeSeconds() - session.AuthenticatedAt.ToUnixTimeSeconds();
        return Math.Max(session.Restored ? 1 : 0, seconds);
    }

    private static string ProofOf(string key) => key.Length > ProofLength ? key[..ProofLength] : key;
}

[JsonSerializable(typeof(StoredSession))]
internal sealed partial class StoredSessionJson : JsonSerializerContext;
