using Gateway.Audit;
using Gateway.Login;
using Gateway.Login.Throttle;
using Gateway.Mail;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Recovery.Pages;
using Gateway.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Recovery;

/// <summary>
/// <c>GET</c> and <c>POST /forgot</c>. Whether there is such a user is nobody's business: the answer comes before anybody has looked
/// (OWASP Forgot Password Cheat Sheet; ASVS 5.0, 6.3.8).
/// </summary>
internal sealed class ForgotEndpoints(
    GatewayPaths paths, SameOrigin origin, MailQueue queue, AuditTrail trail, AuditPace pace, ILogger<ForgotEndpoints> logger)
{
    private static readonly TimeSpan UntilThereIsRoom = TimeSpan.FromMinutes(1);

    public static IResult Show(HttpContext context, string? asked) => Page(context, StatusCodes.Status200OK, new() { IsAsked = asked is not null });

    public async Task<IResult> AskAsync(HttpContext context, RecoveryThrottle throttle, ILookupNormalizer normalizer, CancellationToken cancellationToken)
    {
        var (form, refusal) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return refusal!;
        var (email, texts) = (EmailAddress.Trim(form["email"].ToString()), context.Texts());
        var model = new ForgotPageModel { Email = email };
        if (!EmailAddress.IsValid(email))
            return Page(context, StatusCodes.Status400BadRequest, model with { Fault = texts["login.fault.email"] });
        if (await throttle.AdmitAsync(ClientAddress.Of(context.Connection.RemoteIpAddress), cancellationToken) is { } wait)
        {
            TellOfTooMany(context);
            return Later(context, wait, model with { Failure = texts["recovery.tooMany", texts.Span(wait)] });
        }

        var asked = new AuditEvent { Action = AuditActions.PasswordResetAsked, TypedAccount = normalizer.NormalizeEmail(email) }.From(context).Fitted();
        if (!queue.TryAdd(new ForgottenErrand(email, texts, asked)))
            return Later(context, UntilThereIsRoom, model with { Failure = texts["recovery.busy"] });
        trail.Note(asked);
        return PageResults.GoTo(context, paths.Forgot + "?asked=1");
    }

    private void TellOfTooMany(HttpContext context)
    {
        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        if (!pace.Allows("recovery:" + address.Hash))
            return;
        logger.TooManyAsked(address.ToString());
        trail.Note(context, new AuditEvent { Action = AuditActions.PasswordResetThrottled });
    }

    private static RazorComponentResult<ForgotPage> Later(HttpContext context, TimeSpan wait, ForgotPageModel model)
    {
        LoginEndpoints.RetryAfter(context, wait);
        return Page(context, StatusCodes.Status429TooManyRequests, model);
    }

    private static RazorComponentResult<ForgotPage> Page(HttpContext context, int status, ForgotPageModel model) =>
        context.Page<ForgotPage>(new { Model = model }, status);
}
