using Gateway.Login;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Sessions;
using Gateway.StepUp.Pages;
using Gateway.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.StepUp;

/// <summary><c>GET</c> and <c>POST /reauthenticate</c>: the password once more.</summary>
internal sealed class ReauthenticateEndpoints(GatewayPaths paths, SameOrigin origin)
{
    public IResult Show(HttpContext context, string? returnUrl) => Page(context, StatusCodes.Status200OK, returnUrl, failure: null);

    public async Task<IResult> EnterAsync(HttpContext context, Reauthentication reauthentication, CancellationToken cancellationToken)
    {
        var (form, refusal) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return refusal!;
        var (password, returnUrl) = (form["password"].ToString(), form["returnUrl"].ToString());
        if (password.Length is 0 or > UserServices.MaxPasswordLength)
            return Page(context, StatusCodes.Status400BadRequest, returnUrl, context.Texts()["login.fault.password"]);

        var outcome = await reauthentication.RunAsync(context, context.User.Session()!, password, cancellationToken);
        if (outcome.RetryAfter is { } wait)
            return Page(context, StatusCodes.Status429TooManyRequests, returnUrl, LoginEndpoints.LaterText(context, wait));
        if (outcome.User is null)
            return Page(context, StatusCodes.Status401Unauthorized, returnUrl, context.Texts()["reauthenticate.wrong"]);
        return PageResults.GoTo(context, ReturnAddress.Sanitize(returnUrl, paths));
    }

    private RazorComponentResult<ReauthenticatePage> Page(HttpContext context, int status, string? returnUrl, string? failure) =>
        context.Page<ReauthenticatePage>(new { ReturnAddress = ReturnAddress.Sanitize(returnUrl, paths), Failure = failure }, status);
}
