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
    public static async Task<IResult> ShowAsync(
        HttpContext context, UserManager<GatewayUser> users, UserPasskeys passkeys, PasskeyCeremony ceremony) =>
        await users.FindByIdAsync(Visitor.Of(context).User.Id) is { } user
            ? await PageAsync(context, StatusCodes.Status200OK, failure: null, user, passkeys, ceremony)
            : TypedResults.Challenge();

    public async Task<IResult> AddAsync(
        HttpContext context, UserManager<GatewayUser> users, UserPasskeys passkeys, PasskeyCeremony ceremony, CancellationToken cancellationToken)
    {
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        if (await users.FindByIdAsync(Visitor.Of(context).User.Id) is not { } user)
            return TypedResults.Challenge();
        return await ceremony.FindNewAsync(context, user.Id, form, cancellationToken) is { } made
            && await passkeys.AddAsync(context, user, made, form["name"].ToString(), cancellationToken)
            ? PageResults.GoTo(context, paths.Passkeys)
            : await PageAsync(context, StatusCodes.Status400BadRequest, context.Texts()["passkey.notAdded"], user, passkeys, ceremony);
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

    private static async Task<IResult> PageAsync(
        HttpContext context, int status, string? failure, GatewayUser user, UserPasskeys passkeys, PasskeyCeremony ceremony) =>
        context.Page<PasskeysPage>(
            new { Known = await passkeys.ListAsync(user), Offer = await ceremony.OfferAsync(context, user), Failure = failure }, status);
}
