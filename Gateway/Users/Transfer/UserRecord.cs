using System.Text.Json.Serialization;

namespace Gateway.Users.Transfer;

/// <summary>A user as a file holds one: a CSV row with a header, or a JSON object a line, with the same names.</summary>
/// <param name="Hash">A password hash of ASP.NET Core Identity; absent for a user who can't log in until a password is set.</param>
internal sealed record UserRecord(
    [property: JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    [property: JsonPropertyName("email")] string? Email,
    [property: JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
    [property: JsonPropertyName("roles")] IReadOnlyList<string>? Roles,
    [property: JsonPropertyName("hash"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hash)
{
    /// <summary>What is wrong with it, or nothing.</summary>
    public string? Fault()
    {
        if (string.IsNullOrEmpty(Email))
            return "email is missing";
        if (new NewUser(Email, Id, Name, [], Password: null).Fault() is { } fault)
            return fault;
        if ((Roles ?? []).FirstOrDefault(role => !RoleName.IsValid(role)) is { } role)
            return $"roles: '{role}' is not a role: {RoleName.Rule}";
        return Hash is null || IsIdentityHash(Hash) ? null : "hash is not a password hash of ASP.NET Core Identity";
    }

    // Version 2 begins with the byte 0, version 3 with 1.
    private static bool IsIdentityHash(string hash)
    {
        Span<byte> bytes = stackalloc byte[256];
        return Convert.TryFromBase64String(hash, bytes, out var length) && length >= 49 && bytes[0] is 0 or 1;
    }
}

/// <summary>A record and the line of the file it came from.</summary>
internal sealed record UserLine(int Line, UserRecord Record);

[JsonSerializable(typeof(UserRecord))]
internal sealed partial class UserRecordJson : JsonSerializerContext;
