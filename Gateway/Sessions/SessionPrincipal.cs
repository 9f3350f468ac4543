using System.Security.Claims;

namespace Gateway.Sessions;

/// <summary>The principal of a session: the framework's claims, and the session they were made from.</summary>
internal sealed class SessionIdentity(Session session)
    : ClaimsIdentity(ClaimsOf(session), SessionDefaults.Scheme, ClaimTypes.Name, ClaimTypes.Role)
{
    public Session Session => session;

    private static IEnumerable<Claim> ClaimsOf(Session session)
    {
        yield return new Claim(ClaimTypes.NameIdentifier, session.UserId);
        yield return new Claim(ClaimTypes.Name, session.Name ?? session.Email);
        yield return new Claim(ClaimTypes.Email, session.Email);
        foreach (var role in session.Roles)
            yield return new Claim(ClaimTypes.Role, role);
    }
}

internal static class SessionPrincipal
{
    public static ClaimsPrincipal ToPrincipal(this Session session) => new(new SessionIdentity(session));

    /// <summary>The session a request belongs to; null for an anonymous one.</summary>
    public static Session? Session(this ClaimsPrincipal principal) => (principal.Identity as SessionIdentity)?.Session;
}

internal static class SessionDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "Session";
}
