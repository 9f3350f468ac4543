namespace Gateway.Audit;

/// <summary>How the trail names those who act and those who are acted upon, so that no user id can be taken for anything else.</summary>
internal static class AuditParty
{
    /// <summary>Whoever runs the gateway's commands.</summary>
    public const string Operator = "operator";

    private const string Users = "user:";

    public static string User(string userId) => Users + userId;

    /// <summary>Null of everybody else.</summary>
    public static string? UserIdOf(string? party) => party?.StartsWith(Users, StringComparison.Ordinal) == true ? party[Users.Length..] : null;

    /// <param name="hash">Keyed, of an address that is no user's: some type their password there.</param>
    public static string Account(string hash) => "account:" + hash;
}
