using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Users.LegacyHashes;

namespace Gateway.Users.Transfer;

/// <summary>A user as a file holds one: a CSV row with a header, or a JSON object a line, with the same names.</summary>
/// <param name="Hash">A password hash of ASP.NET Core Identity or of another system; absent for a user who can't log in until a password is set.</param>
/// <param name="Salt">For a hash that does not contain it.</param>
/// <param name="Format">For a hash that does not show it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UserRecord(
    [property: JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(IdConverter))] string? Id,
    [property: JsonPropertyName("email")] string? Email,
    [property: JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
    [property: JsonPropertyName("roles")] IReadOnlyList<string>? Roles,
    [property: JsonPropertyName("hash"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hash,
    [property: JsonPropertyName("salt"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Salt = null,
    [property: JsonPropertyName("format"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Format = null)
{
    // What reading UTF-8 makes of bytes that are none.
    private const char Replacement = '\uFFFD';

    /// <summary>What is wrong with it, or nothing.</summary>
    public string? Fault()
    {
        if (string.IsNullOrEmpty(Email))
            return "email is missing";
        if (((string?[])[Id, Email, Name, Hash, Salt]).Any(text => text?.Contains(Replacement, StringComparison.Ordinal) == true))
            return "it is not in UTF-8";
        if (new NewUser(Email, Id, Name, [], Password: null).Fault() is { } fault)
            return fault;
        return (Roles ?? []).Select(role => role ?? "").FirstOrDefault(role => !RoleName.IsValid(role)) is { } role
            ? $"roles: '{role}' is not a role: {RoleName.Rule}"
            : null;
    }

    /// <summary>Null without a hash.</summary>
    /// <exception cref="MalformedHashException">It can't be checked; says why.</exception>
    public ImportedHash? ReadHash() => string.IsNullOrEmpty(Hash)
        ? null
        : ImportedHash.Read(Hash, string.IsNullOrEmpty(Salt) ? null : Salt, string.IsNullOrEmpty(Format) ? null : Format);
}

// An id is a number in most databases.
internal sealed class IdConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out var number) ? $"{number}" : reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

[JsonSerializable(typeof(UserRecord))]
internal sealed partial class UserRecordJson : JsonSerializerContext;
