using System.Text.Json.Serialization;
using Gateway.Users;

namespace Gateway.Sessions;

/// <summary>A session. Its names in JSON are those of records that Redis may still hold from before <see cref="StoredSession"/>.</summary>
/// <param name="Key">The key it is stored under.</param>
/// <param name="StartedAt">When this session began; a restored one began when it was restored.</param>
/// <param name="ExpiresAt">The absolute timeout: whatever happens, the session is over then.</param>
/// <param name="Restored">Brought back from a remembered browser instead of by entering a password.</param>
/// <param name="Browser">The remembered browser it belongs to, if any.</param>
/// <param name="Stamp">The user's <see cref="KnownUser.Stamp"/> when it began; a session with another stamp than its user's is void.</param>
internal sealed record Session(
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("userId")] string UserId,
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
    [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
    [property: JsonPropertyName("startedAt")] DateTimeOffset StartedAt,
    [property: JsonPropertyName("expiresAt")] DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("restored")] bool Restored,
    [property: JsonPropertyName("browser"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Browser,
    [property: JsonPropertyName("stamp")] string Stamp)
{
    /// <summary>Where it was begun from, of a session without a remembered browser: the row of one tells it better.</summary>
    [JsonIgnore]
    public string? Address { get; init; }

    /// <summary>In which browser, likewise; as <see cref="AgentName.Short"/> writes it.</summary>
    [JsonIgnore]
    public string? Agent { get; init; }
    /// <summary>What the visitor has shown; older records say nothing of it, and had the password alone.</summary>
    [JsonIgnore]
    public Proofs Proofs { get; init; } = Proofs.Password;

    /// <summary>
    /// When the password was entered, or the passkey used. Restoring a session doesn't move it; of a restored one that doesn't say, it
    /// was long ago.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset AuthenticatedAt
    {
        get => field != default ? field : Restored ? DateTimeOffset.UnixEpoch : StartedAt;
        init;
    }

    /// <summary>A session that is about to begin; it gets its key at sign-in.</summary>
    public static Session For(KnownUser user, DateTimeOffset now, DateTimeOffset end, bool restored, string? browser) =>
        new(Key: "", user.Id, user.Email, user.Name, user.Roles, now, end, restored, browser, user.Stamp);

    /// <summary>What the gateway writes is whole; what it reads, anybody with access to the store may have written.</summary>
    public bool IsWhole() =>
        Key is not null && UserId is not null && Users.UserId.IsValid(UserId)
        && Email is not null && Stamp is not null && Roles is not null && Roles.All(role => role is not null)
        && StartedAt != default && ExpiresAt != default;

    /// <summary>Whether the session may go on for the user as they are now; null is a user who is gone.</summary>
    public bool MayGoOnFor(KnownUser? user) =>
        user is { Disabled: false } && string.Equals(user.Stamp, Stamp, StringComparison.Ordinal);

    public bool Describes(KnownUser user) =>
        string.Equals(Email, user.Email, StringComparison.Ordinal)
        && string.Equals(Name, user.Name, StringComparison.Ordinal)
        && Roles.SequenceEqual(user.Roles, StringComparer.Ordinal);

    public Session Describing(KnownUser user) => this with { Email = user.Email, Name = user.Name, Roles = user.Roles };
}

[JsonSerializable(typeof(Session))]
internal sealed partial class SessionJson : JsonSerializerContext;
