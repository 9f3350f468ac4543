using Gateway.Login.Throttle;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Login;

/// <summary>Begins the session of a user who has just proved who they are, and remembers the browser if asked to.</summary>
internal sealed class SignIn(BrowserMemory memory, SessionSettings session, TimeProvider clock)
{
    /// <returns>False when the user was disabled or changed at this very moment: then nobody is signed in.</returns>
    public async Task<bool> RunAsync(HttpContext context, KnownUser user, bool remember, CancellationToken cancellationToken)
    {
        var earlier = context.User.Session();
        // What may fail comes first, and what can't be taken back comes last.
        var browser = remember ? await memory.PrepareAsync(context, user, cancellationToken) : null;
        if (!await BeginSessionAsync(context, user, browser))
            return false;

        // Whoever this browser was remembered for: it is this user's now, or nobody's.
        await memory.ForgetAsync(context, earlier, CancellationToken.None);
        if (browser is not null)
            memory.Give(context, browser);
        return true;
    }

    private async Task<bool> BeginSessionAsync(HttpContext context, KnownUser user, NewBrowser? browser)
    {
        var begun = false;
        try
        {
            await context.SignInAsync(SessionDefaults.Scheme, Draft(context, user, browser).ToPrincipal());
            begun = context.User.Session() is not null;
            return begun;
        }
        finally
        {
            if (!begun && browser is not null)
                await memory.ForgetAsync(browser, CancellationToken.None);
        }
    }

    private Session Draft(HttpContext context, KnownUser user, NewBrowser? browser)
    {
        var now = clock.GetUtcNow();
        var draft = Session.For(user, now, now + session.AbsoluteTimeout, restored: false, browser?.Id);
        if (browser is not null)
            return draft;
        return draft with
        {
            Address = ClientAddress.Of(context.Connection.RemoteIpAddress).ToString(),
            Agent = AgentName.Of(context.Request.Headers.UserAgent)?.Short,
        };
    }
}
