using Gateway.Login;
using Gateway.Pages;
using Gateway.SecondFactor.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.SecondFactor;

/// <summary><c>GET</c> and <c>POST /login/factor</c>: a login goes on whose password was right, and only then is there anything here.</summary>
internal sealed class LoginFactorEndpoints(GatewayPaths paths, SameOrigin origin)
{
    public async Task<IResult> ShowAsync(
        HttpContext context, string? returnUrl, string? by, FactorLogin login, FactorStore store, CancellationToken cancellationToken)
    {
        var returnAddress = ReturnAddress.Sanitize(returnUrl, paths);
        if (await login.FindAsync(context, cancellationToken) is not var (_, user))
            return PageResults.GoTo(context, ReturnAddress.ToLogin(paths, returnAddress));
        var means = await store.MeansOfAsync(user, cancellationToken);
        if (!means.Any)
            return PageResults.GoTo(context, ReturnAddress.To(paths.LoginEnrolment, returnAddress));
        return Page(context, StatusCodes.Status200OK, user.Id, returnAddress, failure: null, string.Equals(by, "recovery", StringComparison.Ordinal), means.App);
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
        return verdict.Fault(context) is var (status, failure)
            ? Page(context, status, user.Id, returnAddress, failure, byRecovery: form["by"].ToString() is "recovery")
            : PageResults.GoTo(context, returnAddress);
    }

    private RazorComponentResult<FactorPage> Page(
        HttpContext context, int status, string userId, string returnAddress, string? failure, bool byRecovery, bool hasApp = true) => context.Page<FactorPage>(
        new { Model = new FactorPageModel(paths.LoginFactor, userId, returnAddress, failure) { ByRecovery = byRecovery, HasApp = hasApp } }, status);
}
