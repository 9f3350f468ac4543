using Gateway.Login;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.SecondFactor.Pages;
using Gateway.Sessions;
using Gateway.StepUp;
using Gateway.Users;

namespace Gateway.SecondFactor;

/// <summary><c>GET</c> and <c>POST /account/factor/totp</c>: a visitor who is signed in sets up an authenticator app.</summary>
internal sealed class FactorSetupEndpoints(GatewayPaths paths, SameOrigin origin, Enrolment enrolment, Refusal refusal, TimeProvider clock)
{
    private string Here => paths.Factor + "/totp";

    public async Task<IResult> ShowAsync(HttpContext context, string? returnUrl, UserDirectory directory, CancellationToken cancellationToken)
    {
        var session = context.User.Session()!;
        var user = await directory.FindAsync(session.UserId, cancellationToken);
        if (!session.MayGoOnFor(user))
            return new Challenge(refusal);
        // An app is replaced by turning the old one off, which takes a code of it.
        return user!.HasSecondFactor
            ? PageResults.GoTo(context, paths.Factor)
            : context.Page<SetupPage>(new { Model = enrolment.Begin(context, user, Here, Next(returnUrl)) });
    }

    public async Task<IResult> ConfirmAsync(
        HttpContext context, UserDirectory directory, FactorChanges changes, SignIn signIn, CancellationToken cancellationToken)
    {
        var (form, bad) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return bad!;
        var session = context.User.Session()!;
        var user = await directory.FindAsync(session.UserId, cancellationToken);
        if (!session.MayGoOnFor(user))
            return new Challenge(refusal);
        if (user!.HasSecondFactor)
            return PageResults.GoTo(context, paths.Factor);

        var next = Next(form["returnUrl"]);
        var secret = enrolment.Read(form["ticket"], user.Id);
        if (secret is null || Totp.FindStep(secret, Totp.Typed(form["code"].ToString()), clock.GetUtcNow()) is not { } step)
        {
            var model = enrolment.Again(context, user, secret, Here, next, context.Texts()["factor.notConfirmed"]);
            return context.Page<SetupPage>(new { Model = model }, StatusCodes.Status400BadRequest);
        }

        if (await changes.EnableAsync(context, user, secret, step, cancellationToken) is not { } enabled
            || !await signIn.RaiseAsync(context, enabled.User, session, Proofs.Code, isFresh: false, cancellationToken))
            return new Challenge(refusal);
        await changes.ApplyAsync(user.Id, cancellationToken);
        return context.Page<RecoveryCodesPage>(new { enabled.Codes, Next = next });
    }

    private string Next(string? returnUrl) => string.IsNullOrEmpty(returnUrl) ? paths.Factor : ReturnAddress.Sanitize(returnUrl, paths);
}
