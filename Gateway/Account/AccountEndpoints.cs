using Gateway.Account.Pages;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Sessions;

namespace Gateway.Account;

/// <summary><c>GET /account</c> and its forms: where a visitor is logged in.</summary>
internal sealed class AccountEndpoints(AccountNavigation navigation)
{
    // Nobody looks through more; a program that logs in by the minute has thousands.
    private const int MostShown = 100;

    public async Task<IResult> ShowAsync(HttpContext context, SignedInBrowsers browsers, string? done, string? strength, CancellationToken cancellationToken)
    {
        var visitor = Visitor.Of(context);
        var (texts, all) = (context.Texts(), await browsers.ListAsync(visitor.User, cancellationToken));
        var here = all.FirstOrDefault(browser => browser.Has(visitor.Session)) ?? Unlisted(visitor.Session);
        var others = all.Where(browser => browser != here).ToList();
        var shown = others.Take(MostShown).Select(browser => BrowserLines.Of(texts, browser, isHere: false));
        return context.Page<AccountPage>(new
        {
            Model = new AccountPageModel(
                visitor.User.Email,
                visitor.User.Name,
                visitor.User.Roles,
                [BrowserLines.Of(texts, here, isHere: true), .. shown],
                Math.Max(0, others.Count - MostShown),
                SameOrigin.LeadsHere(context.Request) ? Done(texts, done, strength) : null),
            Navigation = navigation.For(context),
        });
    }

    public static async Task<IResult> EndAsync(HttpContext context, RemoteLogout logout, CancellationToken cancellationToken)
    {
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        var ended = await logout.EndAsync(context, Visitor.Of(context), form["browser"].ToString(), cancellationToken);
        return context.BackToAccount(ended is null ? "gone" : ended.IsRemembered ? "forgotten" : "ended");
    }

    public static async Task<IResult> EndOthersAsync(HttpContext context, RemoteLogout logout, CancellationToken cancellationToken)
    {
        await logout.EndOthersAsync(context, Visitor.Of(context), cancellationToken);
        return context.BackToAccount("others");
    }

    // Texts that there are, and nothing of what an address says.
    private static string? Done(Texts texts, string? done, string? level)
    {
        if (!texts.Has($"account.done.{done}"))
            return null;
        var text = texts[$"account.done.{done}"];
        return done == "password" && texts.Has($"password.level{level}") ? $"{text} {texts["password.strength"]}: {texts[$"password.level{level}"]}" : text;
    }

    // A session that this node vouches for while the store has not got it, or not yet.
    private static SignedInBrowser Unlisted(Session session) =>
        new(session.Key, [session], session.StartedAt, LastSeen: null, RememberedUntil: null, session.Address, AgentName.Of(session.Agent));
}
