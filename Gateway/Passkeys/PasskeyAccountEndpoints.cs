using Gateway.Login;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Passkeys.Pages;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Gateway.StepUp;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Passkeys;

/// <summary><c>/account/passkeys</c>: the visitor's own passkeys.</summary>
internal sealed class PasskeyAccountEndpoints(GatewayPaths paths, SameOrigin origin, Refusal refusal)
{
    public async Task<IResult> ShowAsync(
        HttpContext context, UserManager<GatewayUser> users, UserPasskeys passkeys, PasskeyCeremony ceremony) =>
        await FindAsync(context, users) is { } user
            ? await PageAsync(context, StatusCodes.Status200OK, failure: null, user, passkeys, ceremony)
            : new Challenge(refusal);

    public async Task<IResult> AddAsync(
        HttpContext context, UserManager<GatewayUser> users, UserPasskeys passkeys, PasskeyCeremony ceremony, CancellationToken cancellationToken)
    {
        var (form, bad) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return bad!;
        if (await FindAsync(context, users) is not { } user)
            return new Challenge(refusal);
        return await ceremony.FindNewAsync(context, user.Id, form, cancellationToken) is { } made
            && await passkeys.AddAsync(context, user, made, form["name"].ToString(), cancellationToken)
            ? PageResults.GoTo(context, paths.Passkeys)
            : await PageAsync(context, StatusCodes.Status400BadRequest, context.Texts()["passkey.notAdded"], user, passkeys, ceremony);
    }

    public async Task<IResult> RemoveAsync(
        HttpContext context, UserDirectory directory, UserPasskeys passkeys, FactorChanges changes, SignIn signIn, CancellationToken cancellationToken)
    {
        var (form, bad) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return bad!;
        var session = context.User.Session()!;
        var user = await directory.FindAsync(session.UserId, cancellationToken);
        if (!session.MayGoOnFor(user))
            return new Challenge(refusal);
        if (await passkeys.RemoveAsync(context, user!, form["id"].ToString(), cancellationToken) is { } changed)
        {
            await signIn.RaiseAsync(context, changed, session, Proofs.None, isFresh: false, cancellationToken);
            await changes.ApplyAsync(changed.Id, cancellationToken);
        }

        return PageResults.GoTo(context, paths.Passkeys);
    }

    // Null when the session counts no more.
    private static async Task<GatewayUser?> FindAsync(HttpContext context, UserManager<GatewayUser> users)
    {
        var session = context.User.Session()!;
        return await users.FindByIdAsync(session.UserId) is { Disabled: false } user
            && string.Equals(KnownUser.StampOf(user), session.Stamp, StringComparison.Ordinal) ? user : null;
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, int status, string? failure, GatewayUser user, UserPasskeys passkeys, PasskeyCeremony ceremony) =>
        context.Page<PasskeysPage>(
            new { Known = await passkeys.ListAsync(user), Offer = await ceremony.OfferAsync(context, user), Failure = failure }, status);
}
