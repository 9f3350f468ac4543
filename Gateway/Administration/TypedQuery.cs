using Gateway.Audit;
using Gateway.Users;

namespace Gateway.Administration;

internal static class TypedQuery
{
    /// <summary>What somebody typed into a field of a search; null where that is nothing. PostgreSQL refuses to look for some characters, which are cut.</summary>
    public static string? Typed(this IQueryCollection query, string name) =>
        AuditText.Cut(query[name].ToString(), EmailAddress.MaxLength)?.Trim() is { Length: > 0 } typed ? typed : null;
}
