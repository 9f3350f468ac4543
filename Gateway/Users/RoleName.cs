namespace Gateway.Users;

/// <summary>The rule for role names: they stand in route policies (<c>Role:editor,admin</c>) and in headers, so no comma and no blank.</summary>
internal static class RoleName
{
    public const int MaxLength = 64;

    public const string Rule = "a role is 1 to 64 ASCII letters, digits or -_.:/";

    /// <summary>Of a text that somebody typed: separated by semicolons, commas or blanks, each once.</summary>
    public static IReadOnlyList<string> Split(string typed) =>
        [.. typed.Split([';', ',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static bool IsValid(string role) =>
        role.Length is >= 1 and <= MaxLength && role.All(character => char.IsAsciiLetterOrDigit(character) || "-_.:/".Contains(character, StringComparison.Ordinal));
}
