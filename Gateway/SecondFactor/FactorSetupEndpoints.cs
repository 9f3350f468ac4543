using Gateway.Account;
using Gateway.Login;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.SecondFactor.Pages;
using Gateway.Sessions;

namespace Gateway.SecondFactor;

/// <summary><c>GET</c> and <c>POST /account/factor/totp</c>: a visitor who is signed in sets up an authenticator app.</summary>
internal sealed class FactorSetupEndpoints(GatewayPaths paths, Enrolment enrolment, TimeProvider clock)
{
    private string Here => paths.Factor + "/totp";

    public IResult Show(HttpContext context, string? returnUrl)
    {
        var user = Visitor.Of(context).User;
        // An app is replaced by turning the old one off, which takes a code of it.
        return user.HasSecondFactor
            ? PageResults.GoTo(context, paths.Factor)
            : context.Page<SetupPage>(new { Model = enrolment.Begin(context, user, Here, Next(returnUrl)) });
    }

    public async Task<IResult> ConfirmAsync(HttpContext context, FactorChanges changes, SignIn signIn, CancellationToken cancellationToken)
    {
        var (user, session) = Visitor.Of(context);
        if (user.HasSecondFactor)
            return PageResults.GoTo(context, paths.Factor);

        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        var next = Next(form["returnUrl"]);
        var secret = enrolment.Read(form["ticket"], user.Id);
        if (secret is null || Totp.FindStep(secret, Totp.Typed(form["code"].ToString()), clock.GetUtcNow()) is not { } step)
        {
            var model = enrolment.Again(context, user, secret, Here, next, context.Texts()["factor.notConfirmed"]);
            return context.Page<SetupPage>(new { Model = model }, StatusCodes.Status400BadRequest);
        }

        if (await changes.EnableAsync(context, user, secret, step, cancellationToken) is not { } enabled
            || !await signIn.RaiseAsync(context, enabled.User, session, Proofs.Code, isFresh: false, cancellationToken))
            return TypedResults.Challenge();
        await changes.ApplyAsync(user.Id, cancellationToken);
        return context.Page<RecoveryCodesPage>(new { enabled.Codes, Next = next });
    }

    private string Next(string? returnUrl) => string.IsNullOrEmpty(returnUrl) ? paths.Factor : ReturnAddress.Sanitize(returnUrl, paths);
}
