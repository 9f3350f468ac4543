using Gateway.Account;
using Gateway.Administration.Decisions;
using Gateway.Administration.Pages;
using Gateway.Audit;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Users;
using Gateway.Users.Passwords;

namespace Gateway.Administration;

/// <summary>
/// The forms of a user's page. What was begun is done, also when nobody waits for the answer. Nobody locks themselves out: the last
/// administrator would be gone with them.
/// </summary>
internal sealed class UserForms(
    UserDecisions decisions, SessionDecisions sessions, Unlocking unlocking, UserDirectory directory, InvitationForm invitation, UserPages pages, AdministrationNavigation navigation, AdministrationPaths paths)
{
    public Task<IResult> DisableAsync(HttpContext context) =>
        DecideAsync(context, "disabled", (by, user) => decisions.SetDisabledAsync(by, user, disabled: true, CancellationToken.None), alsoSelf: false);

    public Task<IResult> EnableAsync(HttpContext context) =>
        DecideAsync(context, "enabled", (by, user) => decisions.SetDisabledAsync(by, user, disabled: false, CancellationToken.None));

    public Task<IResult> RequireFactorAsync(HttpContext context) =>
        DecideAsync(context, "required", (by, user) => decisions.RequireFactorAsync(by, user, required: true, CancellationToken.None));

    public Task<IResult> WaiveFactorAsync(HttpContext context) =>
        DecideAsync(context, "waived", (by, user) => decisions.RequireFactorAsync(by, user, required: false, CancellationToken.None));

    /// <summary>Of others: one's own takes a code, on the account page.</summary>
    public Task<IResult> ResetFactorAsync(HttpContext context) =>
        DecideAsync(context, "reset", (by, user) => decisions.ResetFactorAsync(by, user, CancellationToken.None), alsoSelf: false);

    public Task<IResult> UnlockAsync(HttpContext context) =>
        DecideAsync(context, "unlocked", (by, user) => unlocking.UnlockAsync(by, user, CancellationToken.None));

    public Task<IResult> RevokeAsync(HttpContext context) =>
        DecideAsync(context, "revoked", (by, user) => decisions.RevokeAsync(by, user, CancellationToken.None));

    public Task<IResult> InviteAsync(HttpContext context) => OnUserAsync(context, alsoSelf: true, user => invitation.SendAsync(context, user));

    public Task<IResult> EndAsync(HttpContext context) => OnUserAsync(context, alsoSelf: true, async user =>
    {
        var handle = (await FormBody.ReadAsync(context.Request, context.RequestAborted))["browser"].ToString();
        var known = await directory.DescribeAsync(user, context.RequestAborted);
        var ended = await sessions.EndAsync(Decider.Of(context), known, handle, CancellationToken.None);
        return context.BackTo(paths.User(user.Id), ended is null ? "gone" : ended.IsRemembered ? "forgotten" : "ended");
    });

    public Task<IResult> SetRolesAsync(HttpContext context) => OnUserAsync(context, alsoSelf: true, async user =>
    {
        var (texts, typed) = (context.Texts(), (await FormBody.ReadAsync(context.Request, context.RequestAborted))["roles"].ToString());
        var roles = RoleName.Split(typed);
        if (roles.FirstOrDefault(role => !RoleName.IsValid(role)) is { } malformed)
            return await pages.PageAsync(context, user, (typed, texts["admin.fault.role", AuditText.Cut(malformed, RoleName.MaxLength)!]));
        if (IsSelf(context, user) && !Administrators.Include(roles))
            return await pages.PageAsync(context, user, (typed, texts["admin.fault.ownRole", Administrators.Role]));
        await decisions.SetRolesAsync(Decider.Of(context), user, roles, CancellationToken.None);
        return context.BackTo(paths.User(user.Id), "roles");
    });

    /// <summary>Of others: one's own takes the current one, on the account page.</summary>
    public Task<IResult> SetPasswordAsync(HttpContext context) => OnUserAsync(context, alsoSelf: false, async user =>
    {
        var (texts, password) = (context.Texts(), GeneratedPassword.New());
        await decisions.SetPasswordAsync(Decider.Of(context), user, password, CancellationToken.None);
        return context.Page<GivenPasswordPage>(new
        {
            Title = texts["password.new"],
            What = texts["admin.passwordSet"],
            user.Id,
            Email = user.Email!,
            Password = password,
            Navigation = navigation.In(texts),
        });
    });

    public Task<IResult> RemoveAsync(HttpContext context) => OnUserAsync(context, alsoSelf: false, async user =>
    {
        await decisions.RemoveAsync(Decider.Of(context), user, CancellationToken.None);
        return context.BackTo(paths.Users, "removed");
    });

    public IResult Nothing(HttpContext context) =>
        context.BackTo(context.Request.Query["id"] is [{ } id] ? paths.User(id) : paths.Users, "nothing");

    private Task<IResult> DecideAsync(HttpContext context, string done, Func<Decider, GatewayUser, Task> decide, bool alsoSelf = true) =>
        OnUserAsync(context, alsoSelf, async user =>
        {
            await decide(Decider.Of(context), user);
            return context.BackTo(paths.User(user.Id), done);
        });

    private async Task<IResult> OnUserAsync(HttpContext context, bool alsoSelf, Func<GatewayUser, Task<IResult>> decide)
    {
        if (await pages.FindAsync(context) is not { } user)
            return context.BackTo(paths.Users, "nobody");
        if (!alsoSelf && IsSelf(context, user))
            return context.BackTo(paths.User(user.Id), "self");
        try
        {
            return await decide(user);
        }
        catch (UserRefusedException)
        {
            // All else was looked at before: somebody else decided at the same moment.
            return context.BackTo(paths.User(user.Id), "overtaken");
        }
    }

    private static bool IsSelf(HttpContext context, GatewayUser user) => string.Equals(user.Id, Visitor.Of(context).User.Id, StringComparison.Ordinal);
}
