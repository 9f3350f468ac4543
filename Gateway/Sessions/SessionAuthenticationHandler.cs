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
            var principal = await reader.FindAsync(id.Key, IdleTimer.IsExtendedBy(Context), Context.RequestAborted);
            return principal is null ? AuthenticateResult.NoResult() : AuthenticateResult.Success(Ticket(principal));
        }
        catch (StoreUnavailableException exception)
        {
            Context.Features.Set(new IdentityOutage());
            return AuthenticateResult.Fail(exception);
        }
    }

    /// <summary>
    /// Begins the session that <paramref name="user"/> describes, under a new id, and ends the one the request came with. Nobody is
    /// signed in afterwards when the user was disabled or changed at this very moment.
    /// </summary>
    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var draft = user.Session() ?? throw new InvalidOperationException("Only the principal of a session can be signed in.");
        var id = SessionId.New();
        var session = await issuer.BeginAsync(draft with { Key = id.Key }, Context.RequestAborted);
        if (cookie.TryRead(Context, out var earlier))
            await issuer.EndAsync(earlier.Key, draft.UserId, "replaced at sign-in", Context.RequestAborted);

        Context.User = session?.ToPrincipal() ?? Nobody();
        if (session is not null)
            cookie.Write(Context, id);
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        // A visitor who leaves while logging out is logged out all the same: nothing here is cancelled.
        var current = Context.User.Session();
        Context.User = Nobody();
        if (current is not null)
            await issuer.EndAsync(current.Key, current.UserId, "logout", CancellationToken.None);
        if (cookie.TryRead(Context, out var id) && !string.Equals(id.Key, current?.Key, StringComparison.Ordinal))
            await issuer.EndAsync(id.Key, userId: null, "logout", CancellationToken.None);
        // Last: where the session could neither be ended nor noted down to be ended later, the browser must be able to try again.
        cookie.Delete(Context);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => refusal.ChallengeAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusal.ForbidAsync(Context);

    private AuthenticationTicket Ticket(ClaimsPrincipal principal) => new(principal, Scheme.Name);

    private static ClaimsPrincipal Nobody() => new(new ClaimsIdentity());
}

/// <summary>
/// A feature of a request whose session could not be looked for because a store failed: not an absence, so nobody is sent to the
/// login page for it. Public routes don't notice. A visitor may have been recognized all the same, by a remembered browser.
/// </summary>
internal sealed class IdentityOutage;
