using System.Security.Claims;
using System.Text.Encodings.Web;
using Gateway.Login;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Sessions;

/// <summary>
/// The authentication scheme: what begins and ends a session, and what a visitor without one gets. Not the framework's cookie handler
/// with a ticket store, because that one keeps the old key at sign-in (dotnet/aspnetcore 47503).
/// </summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    SessionCookie cookie,
    SessionIssuer issuer,
    Refusal refusal) : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    // Who it is was found out by SessionMiddleware, or a remembered browser has said so since.
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Context.User is SessionPrincipal principal ? AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)) : AuthenticateResult.NoResult());

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

    private static ClaimsPrincipal Nobody() => new(new ClaimsIdentity());
}
