using System.Security.Claims;
using System.Text.Encodings.Web;
using Gateway.Login;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Sessions;

/// <summary>
/// The authentication scheme: cookie → session → principal. Not the framework's cookie handler with a ticket store, because that
/// one keeps the old key at sign-in (dotnet/aspnetcore 47503).
/// </summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    SessionCookie cookie,
    SessionReader reader,
    SessionIssuer issuer,
    Refusal refusal) : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!cookie.TryRead(Context, out var id))
            return AuthenticateResult.NoResult();
        try
        {
            var extends = Context.GetEndpoint()?.Metadata.GetMetadata<LeavesIdleTimer>() is null;
            var principal = extends
                ? await reader.FindAsync(id.Key, Context.RequestAborted)
                : await reader.PeekAsync(id.Key, Context.RequestAborted);
            return principal is null ? AuthenticateResult.NoResult() : AuthenticateResult.Success(Ticket(principal));
        }
        catch (StoreUnavailableException exception)
        {
            Context.Features.Set(new IdentityOutage());
            return AuthenticateResult.Fail(exception);
        }
    }

    /// <summary>Begins the session that <paramref name="user"/> describes, under a new id, and ends the one the request came with.</summary>
    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var draft = user.Session() ?? throw new InvalidOperationException("Only the principal of a session can be signed in.");
        var id = properties?.GetParameter<SessionId?>(SessionIssuer.IdParameter) ?? SessionId.New();
        var session = await issuer.BeginAsync(draft with { Key = id.Key }, Context.RequestAborted);
        if (cookie.TryRead(Context, out var earlier) && !string.Equals(earlier.Key, session.Key, StringComparison.Ordinal))
            await issuer.EndAsync(earlier.Key, session.UserId, "replaced at sign-in", Context.RequestAborted);

        cookie.Write(Context, id);
        Context.User = session.ToPrincipal();
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        cookie.Delete(Context);
        var current = Context.User.Session();
        Context.User = new ClaimsPrincipal(new ClaimsIdentity());
        if (current is not null)
            await issuer.EndAsync(current.Key, current.UserId, "logout", Context.RequestAborted);
        if (cookie.TryRead(Context, out var id) && !string.Equals(id.Key, current?.Key, StringComparison.Ordinal))
            await issuer.EndAsync(id.Key, userId: null, "logout", Context.RequestAborted);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => refusal.ChallengeAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusal.ForbidAsync(Context);

    private AuthenticationTicket Ticket(ClaimsPrincipal principal) => new(principal, Scheme.Name);
}

/// <summary>
/// A feature of a request whose visitor could not be established because a store failed: not an absence, so nobody is sent to the
/// login page for it. Public routes don't notice.
/// </summary>
internal sealed class IdentityOutage;

/// <summary>Marks an endpoint whose requests are no sign that somebody is still there: they read the session without extending it.</summary>
internal sealed class LeavesIdleTimer;
