using System.Security.Claims;
using System.Security.Principal;
using Microsoft.Extensions.Primitives;

namespace Gateway.Sessions;

/// <summary>The principal of a session: the framework's claims, and the session they were made from. One serves many requests.</summary>
internal sealed class SessionPrincipal : ClaimsPrincipal
{
    private readonly ClaimsIdentity identity;

    public SessionPrincipal(Session session)
        : this(session, new ClaimsIdentity(ClaimsOf(session), SessionDefaults.Scheme, ClaimTypes.Name, ClaimTypes.Role))
    {
    }

    private SessionPrincipal(Session session, ClaimsIdentity identity)
        : base(identity) => (Session, this.identity) = (session, identity);

    public Session Session { get; }

    /// <summary>The only one; the framework would look for it each time.</summary>
    public override IIdentity Identity => identity;

    /// <summary>What applications are told of the session; null until the first of its requests is forwarded.</summary>
    public (string Name, string Value)[]? Headers { get; set; }

    /// <summary>The cookies that came with a request of the session, and what of them its application was sent; null until then.</summary>
    public PassedCookies? Cookies { get; set; }

    private static IEnumerable<Claim> ClaimsOf(Session session)
    {
        yield return new Claim(ClaimTypes.NameIdentifier, session.UserId);
        yield return new Claim(ClaimTypes.Name, session.Name ?? session.Email);
        yield return new Claim(ClaimTypes.Email, session.Email);
        foreach (var role in session.Roles)
            yield return new Claim(ClaimTypes.Role, role);
    }
}

/// <param name="Sent">A <c>Cookie</c> header.</param>
/// <param name="Passed">The same without the gateway's cookies.</param>
internal sealed record PassedCookies(string Sent, StringValues Passed);

internal static class SessionPrincipals
{
    public static SessionPrincipal ToPrincipal(this Session session) => new(session);

    /// <summary>The session a request belongs to; null for an anonymous one.</summary>
    public static Session? Session(this ClaimsPrincipal principal) => (principal as SessionPrincipal)?.Session;
}

internal static class SessionDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "Session";
}
