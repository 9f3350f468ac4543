using Gateway.Account;
using Gateway.Administration.Decisions;
using Gateway.Administration.Pages;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Administration;

/// <summary><c>GET /admin/user</c>: all about a user, and whether they are to be removed.</summary>
internal sealed class UserPages(
    UserAccounts accounts,
    UserDirectory directory,
    UserSearch search,
    FactorStore factors,
    FactorPolicy policy,
    SignedInBrowsers browsers,
    Unlocking unlocking,
    InvitationForm invitation,
    AdministrationNavigation navigation,
    AdministrationPaths paths)
{
    // Nobody looks through more; a program that logs in by the minute has thousands.
    private const int MostBrowsers = 100;

    public async Task<IResult> ShowAsync(HttpContext context) =>
        await FindAsync(context) is { } user ? await PageAsync(context, user) : context.BackTo(paths.Users, "nobody");

    /// <summary>Before somebody is removed.</summary>
    public async Task<IResult> AskAsync(HttpContext context) => await FindAsync(context) is { } user
        ? context.Page<RemovePage>(new { user.Id, Email = user.Email!, Navigation = navigation.In(context.Texts()) })
        : context.BackTo(paths.Users, "nobody");

    /// <summary>The user that a request names; null when there is none.</summary>
    public Task<GatewayUser?> FindAsync(HttpContext context) => accounts.FindByIdAsync(context.Request.Query["id"]);

    /// <param name="typed">The roles that could not be given, and what is wrong with them.</param>
    public async Task<IResult> PageAsync(HttpContext context, GatewayUser user, (string Roles, string Fault)? typed = null)
    {
        var (texts, visitor, cancellationToken) = (context.Texts(), Visitor.Of(context), context.RequestAborted);
        var known = await directory.DescribeAsync(user, cancellationToken);
        var means = await factors.MeansOfAsync(known, cancellationToken);
        var signedIn = await UnlessAwayAsync(() => browsers.ListAsync(known, cancellationToken));
        var locked = await UnlessAwayAsync(async () => new { For = await unlocking.LockOfAsync(user, cancellationToken) });
        var model = new UserPageModel(user.Id, user.Email!, user.Name, Texts.Moment(user.CreatedAt))
        {
            IsSelf = string.Equals(user.Id, visitor.User.Id, StringComparison.Ordinal),
            IsDisabled = user.Disabled,
            HasPassword = user.PasswordHash is not null,
            MayBeInvited = invitation.IsOn && user is { PasswordHash: null, Disabled: false },
            LockedFor = locked?.For is { } left ? texts.Span(left) : null,
            HasApp = means.App,
            HasPasskey = means.Passkey,
            IsFactorWanted = user.NeedsSecondFactor,
            IsFactorRequired = policy.IsRequiredOf(known),
            Roles = typed?.Roles ?? string.Join(' ', known.Roles),
            RolesFault = typed?.Fault,
            AllRoles = string.Join(' ', await search.RolesAsync(cancellationToken)),
            Browsers = signedIn?.Take(MostBrowsers).Select(browser => BrowserLines.Of(texts, browser, browser.Has(visitor.Session))).ToList(),
            NotShown = Math.Max(0, (signedIn?.Count ?? 0) - MostBrowsers),
            Outcome = Outcome.Of(context),
        };
        var status = typed is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        return context.Page<UserPage>(new { Model = model, Navigation = navigation.In(texts) }, status);
    }

    // While Redis is away there is all the more reason to decide about users.
    private static async Task<T?> UnlessAwayAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }
}
