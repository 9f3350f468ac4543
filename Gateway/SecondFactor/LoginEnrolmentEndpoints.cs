using Gateway.Login;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.SecondFactor.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.SecondFactor;

/// <summary><c>GET</c> and <c>POST /login/enrol</c>: who must have a second factor and has none gets one before anything else.</summary>
internal sealed class LoginEnrolmentEndpoints(GatewayPaths paths, SameOrigin origin, Enrolment enrolment, TimeProvider clock)
{
    public async Task<IResult> ShowAsync(HttpContext context, string? returnUrl, FactorLogin login, FactorStore store, CancellationToken cancellationToken)
    {
        var returnAddress = ReturnAddress.Sanitize(returnUrl, paths);
        if (await login.FindAsync(context, cancellationToken) is not var (_, user))
            return PageResults.GoTo(context, ReturnAddress.ToLogin(paths, returnAddress));
        if ((await store.MeansOfAsync(user, cancellationToken)).Any)
            return PageResults.GoTo(context, ReturnAddress.To(paths.LoginFactor, returnAddress));
        return Page(context, StatusCodes.Status200OK, enrolment.Begin(context, user, paths.LoginEnrolment, returnAddress));
    }

    public async Task<IResult> ConfirmAsync(HttpContext context, FactorLogin login, FactorStore store, CancellationToken cancellationToken)
    {
        var (form, refusal) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return refusal!;
        var returnAddress = ReturnAddress.Sanitize(form["returnUrl"], paths);
        // A factor that came in between must be shown, not replaced.
        if (await login.FindAsync(context, cancellationToken) is not var (pending, user)
            || (await store.MeansOfAsync(user, cancellationToken)).Any)
            return PageResults.GoTo(context, ReturnAddress.ToLogin(paths, returnAddress));

        var secret = enrolment.Read(form["ticket"], user.Id);
        if (secret is null || Totp.FindStep(secret, Totp.Typed(form["code"].ToString()), clock.GetUtcNow()) is not { } step)
        {
            var model = enrolment.Again(context, user, secret, paths.LoginEnrolment, returnAddress, context.Texts()["factor.notConfirmed"]);
            return Page(context, StatusCodes.Status400BadRequest, model);
        }

        return await login.EnrolAsync(context, pending, user, secret, step, cancellationToken) is { } enabled
            ? context.Page<RecoveryCodesPage>(new { enabled.Codes, Next = returnAddress })
            : PageResults.GoTo(context, ReturnAddress.ToLogin(paths, returnAddress));
    }

    private static RazorComponentResult<SetupPage> Page(HttpContext context, int status, SetupPageModel model) =>
        context.Page<SetupPage>(new { Model = model with { IsRequired = true } }, status);
}
