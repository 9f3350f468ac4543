using Gateway.Account;
using Gateway.Login;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Passkeys.Pages;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Passkeys;

/// <summary><c>/account/passkeys</c>: the visitor's own passkeys.</summary>
internal sealed class PasskeyAccountEndpoints(GatewayPaths paths)
{
    /// <summary>Whoever has an app enters a code before adding: a passkey is a whole login, and a stolen session with the password is none.</summary>
    public static async Task<IResult> ShowAsync(
        HttpContext context, UserManager<GatewayUser> users, UserPasskeys passkeys, PasskeyCeremony ceremony) =>
        await users.FindByIdAsync(Visitor.Of(context).User.Id) is { } user
            ? await PageAsync(context, StatusCodes.Status200OK, failure: null, user, passkeys, user.TwoFactorEnabled ? null : ceremony)
            : TypedResults.Challenge();

    /// <summary><c>POST /account/passkeys/code</c>: the page as after a code of the app, with what is needed to add one.</summary>
    public static async Task<IResult> ProveAsync(
        HttpContext context,
        UserManager<GatewayUser> users,
        UserPasskeys passkeys,
        PasskeyCeremony ceremony,
        CodeAttempt attempt,
        CancellationToken cancellationToken)
    {
        var visitor = Visitor.Of(context).User;
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        if (await users.FindByIdAsync(visitor.Id) is not { } user)
            return TypedResults.Challenge();
        var verdict = await attempt.RunAsync(context, visitor, form["code"].ToString(), cancellationToken);
        return verdict.Fault(context) is var (status, failure)
            ? await PageAsync(context, status, failure, user, passkeys, ceremony: null)
            : await PageAsync(context, StatusCodes.Status200OK, failure: null, user, passkeys, ceremony);
    }

    /// <summary>Takes what was made for a page that had it to offer. It was shown by that, too.</summary>
    public async Task<IResult> AddAsync(
        HttpContext context,
        UserManager<GatewayUser> users,
        UserPasskeys passkeys,
        PasskeyCeremony ceremony,
        SignIn signIn,
        CancellationToken cancellationToken)
    {
        var (visitor, session) = Visitor.Of(context);
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        if (await users.FindByIdAsync(visitor.Id) is not { } user)
            return TypedResults.Challenge();
        if (await ceremony.FindNewAsync(context, user.Id, form, cancellationToken) is not { } made
            || !await passkeys.AddAsync(context, user, made, form["name"].ToString(), cancellationToken))
            return await PageAsync(context, StatusCodes.Status400BadRequest, context.Texts()["passkey.notAdded"], user, passkeys, user.TwoFactorEnabled ? null : ceremony);
        if (!session.Proofs.HasSecondFactor())
            await signIn.RaiseAsync(context, visitor, session, Proofs.Passkey, isFresh: false, cancellationToken);
        return PageResults.GoTo(context, paths.Passkeys);
    }

    public async Task<IResult> RemoveAsync(
        HttpContext context, UserPasskeys passkeys, FactorChanges changes, SignIn signIn, CancellationToken cancellationToken)
    {
        var (user, session) = Visitor.Of(context);
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        if (await passkeys.RemoveAsync(context, user, form["id"].ToString(), cancellationToken) is { } changed)
        {
            await signIn.RaiseAsync(context, changed, session, Proofs.None, isFresh: false, cancellationToken);
            await changes.ApplyAsync(changed.Id, cancellationToken);
        }

        return PageResults.GoTo(context, paths.Passkeys);
    }

    /// <param name="ceremony">Null for a page that does not let anybody add one yet.</param>
    private static async Task<IResult> PageAsync(
        HttpContext context, int status, string? failure, GatewayUser user, UserPasskeys passkeys, PasskeyCeremony? ceremony) =>
        context.Page<PasskeysPage>(
            new { Known = await passkeys.ListAsync(user), Offer = ceremony is null ? null : await ceremony.OfferAsync(context, user), Failure = failure }, status);
}
