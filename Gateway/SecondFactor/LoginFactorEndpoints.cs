using Gateway.Login;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.SecondFactor.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.SecondFactor;

/// <summary><c>GET</c> and <c>POST /login/factor</c>: a login goes on whose password was right, and only then is there anything here.</summary>
internal sealed class LoginFactorEndpoints(GatewayPaths paths, SameOrigin origin)
{
    public async Task<IResult> ShowAsync(
        HttpContext context, string? returnUrl, string? by, FactorLogin login, CancellationToken cancellationToken)
    {
        var returnAddress = ReturnAddress.Sanitize(returnUrl, paths);
        if (await login.FindAsync(context, cancellationToken) is not var (_, user))
            return PageResults.GoTo(context, ReturnAddress.ToLogin(paths, returnAddress));
        if (!user.HasSecondFactor)
            return PageResults.GoTo(context, ReturnAddress.To(paths.LoginEnrolment, returnAddress));
        return Page(context, StatusCodes.Status200OK, returnAddress, failure: null, string.Equals(by, "recovery", StringComparison.Ordinal));
    }

    public async Task<IResult> EnterAsync(HttpContext context, FactorLogin login, CancellationToken cancellationToken)
    {
        var (form, refusal) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return refusal!;
        var returnAddress = ReturnAddress.Sanitize(form["returnUrl"], paths);
        if (await login.FindAsync(context, cancellationToken) is not var (pending, user))
            return PageResults.GoTo(context, ReturnAddress.ToLogin(paths, returnAddress));

        var verdict = await login.EnterAsync(context, pending, user, form["code"].ToString(), cancellationToken);
        var byRecovery = form["by"].ToString() is "recovery";
        if (verdict.RetryAfter is { } wait)
            return Page(context, StatusCodes.Status429TooManyRequests, returnAddress, LoginEndpoints.LaterText(context, wait), byRecovery);
        return verdict.Kind is null
            ? Page(context, StatusCodes.Status401Unauthorized, returnAddress, context.Texts()["factor.wrong"], byRecovery)
            : PageResults.GoTo(context, returnAddress);
    }

    private RazorComponentResult<FactorPage> Page(HttpContext context, int status, string returnAddress, string? failure, bool byRecovery) => context.Page<FactorPage>(
        new { Model = new FactorPageModel(paths.LoginFactor, returnAddress, failure) { ByRecovery = byRecovery } }, status);
}
