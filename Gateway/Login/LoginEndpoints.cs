using System.Globalization;
using System.Text.Json;
using Gateway.Login.Pages;
using Gateway.Operations;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.RememberMe;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Login;

/// <summary><c>GET</c> and <c>POST /login</c>.</summary>
internal sealed class LoginEndpoints(
    GatewayPaths paths, RememberMeSettings rememberMe, SameOrigin origin, LanguageEndpoint languages, PendingLoginCookie pending, Outages outages)
{
    // Seconds: a wait for a turn, not for the end of a window.
    private const int Soon = 60;

    public const string WrongCredentials = "The e-mail or the password is wrong, or the account is locked for some minutes.";

    public IResult Show(HttpContext context, string? returnUrl)
    {
        var signedIn = context.User.Session();
        return Page(context, StatusCodes.Status200OK, new(
            ReturnAddress.Sanitize(returnUrl, paths),
            RememberFor,
            SignedInAs: signedIn?.Name ?? signedIn?.Email));
    }

    /// <summary>The page again, for somebody whose passkey is none of anybody's here.</summary>
    public IResult ShowPasskeyRefused(HttpContext context, string? returnUrl) => Page(context, StatusCodes.Status401Unauthorized, new(
        ReturnAddress.Sanitize(returnUrl, paths), RememberFor, Failure: context.Texts()["passkey.refused"]));

    /// <summary>The same, when nobody looked at it.</summary>
    public IResult ShowPasskeyLater(HttpContext context, string? returnUrl, TimeSpan wait) => Page(context, StatusCodes.Status429TooManyRequests, new(
        ReturnAddress.Sanitize(returnUrl, paths), RememberFor, Failure: LaterText(context, wait)));

    public async Task<IResult> LogInAsync(HttpContext context, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        if (SameOrigin.IsForeign(context.Request))
            return Problems.Foreign("This login was sent by another site.");
        if (context.Request.HasJsonContentType())
            return await LogInByJsonAsync(context, attempt, cancellationToken);
        if (context.Request.HasFormContentType)
            return await LogInByFormOrLaterAsync(context, attempt, cancellationToken);
        return Refuse(StatusCodes.Status415UnsupportedMediaType, "Send a form or application/json.");
    }

    // The page again, with what was typed. A script gets what the error middleware says to everybody.
    private async Task<IResult> LogInByFormOrLaterAsync(HttpContext context, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await LogInByFormAsync(context, attempt, cancellationToken);
        }
        catch (Exception exception) when (Outages.IsOne(exception))
        {
            outages.Tell(exception);
            // No cookie of a login that did not come about.
            context.Response.Clear();
            context.Response.Headers.RetryAfter = Problems.RetryAfterSeconds;
            var login = LoginRequest.From(await FormBody.ReadAsync(context.Request, cancellationToken));
            return Again(context, StatusCodes.Status503ServiceUnavailable, login, context.Texts()["login.notNow"]);
        }
    }

    private async Task<IResult> LogInByFormAsync(HttpContext context, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        if (form.ContainsKey(LanguageEndpoint.Field))
            return languages.Choose(context, form);
        var login = LoginRequest.From(form);
        if (!await origin.HasTokenAsync(context))
            return Again(context, StatusCodes.Status400BadRequest, login, context.Texts()["login.tooLong"]);
        if (login.Fault() is { } fault)
            return Again(context, StatusCodes.Status400BadRequest, login, failure: null, fault);
        var outcome = await attempt.RunAsync(context, login, cancellationToken);
        if (outcome.RetryAfter is { } wait)
            return Again(context, StatusCodes.Status429TooManyRequests, login, LaterText(context, wait));
        if (outcome.User is null && outcome.Needs is null)
            return Again(context, StatusCodes.Status401Unauthorized, login, context.Texts()["login.wrong"]);

        var returnAddress = ReturnAddress.Sanitize(login.ReturnUrl, paths);
        context.Response.Headers.Location = outcome.Needs is { } needs ? pending.Begin(context, needs, login.Remember, returnAddress) : returnAddress;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task<IResult> LogInByJsonAsync(HttpContext context, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        PageHeaders.Add(context);
        LoginRequest login;
        try
        {
            login = await LoginRequest.FromJsonAsync(context.Request, cancellationToken);
        }
        catch (JsonException exception)
        {
            return Refuse(StatusCodes.Status400BadRequest, exception.Message);
        }

        if (login.Fault() is { } fault)
            return Refuse(StatusCodes.Status400BadRequest, fault.Detail);
        var outcome = await attempt.RunAsync(context, login, cancellationToken);
        if (outcome.RetryAfter is { } wait)
            return Refuse(StatusCodes.Status429TooManyRequests, TooMany(context, wait));
        if (outcome.Needs is { } needs)
            return needs.ToProblem(isWrong: login.Code is not null, paths);
        return outcome.User is { } user
            ? TypedResults.Ok(new LoggedIn(user.Id, ReturnAddress.Sanitize(login.ReturnUrl, paths)))
            : Refuse(StatusCodes.Status401Unauthorized, WrongCredentials);
    }

    // The same words for every reason but the wait: none of them is about the account.
    private static string TooMany(HttpContext context, TimeSpan wait) => RetryAfter(context, wait) is var seconds && seconds <= Soon
        ? "Too many logins at once. Please try again in a few seconds."
        : $"Too many failed logins came from your network. Please try again in {(seconds + 59) / 60} minutes.";

    /// <summary>When to come back, in the visitor's language, and in the answer's header.</summary>
    public static string LaterText(HttpContext context, TimeSpan wait) => RetryAfter(context, wait) <= Soon
        ? context.Texts()["login.busy"]
        : context.Texts()["login.tooMany", context.Texts().Span(wait)];

    /// <summary>Says in the answer's header when to come back; in seconds.</summary>
    public static int RetryAfter(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds;
    }

    private RazorComponentResult<LoginPage> Again(HttpContext context, int status, LoginRequest login, string? failure, LoginFault? fault = null) =>
        Page(context, status, new(ReturnAddress.Sanitize(login.ReturnUrl, paths), RememberFor, login.Remember, login.Email, failure, fault));

    private static RazorComponentResult<LoginPage> Page(HttpContext context, int status, LoginPageModel model) =>
        context.Page<LoginPage>(new { Model = model }, status);

    private static ProblemHttpResult Refuse(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    private TimeSpan? RememberFor => rememberMe.Enabled ? rememberMe.Lifetime : null;
}
