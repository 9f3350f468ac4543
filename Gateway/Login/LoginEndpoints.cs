using System.Globalization;
using System.Text.Json;
using Gateway.Login.Pages;
using Gateway.Operations;
using Gateway.RememberMe;
using Gateway.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Login;

/// <summary><c>GET</c> and <c>POST /login</c>.</summary>
internal sealed class LoginEndpoints(GatewayPaths paths, RememberMeSettings rememberMe, SameOrigin origin, Outages outages)
{
    public const string WrongCredentials = "The e-mail or the password is wrong, or the account is locked for some minutes.";
    private const string NotNow = "Nobody can log in at the moment. Please try again in a few seconds.";

    public IResult Show(HttpContext context, string? returnUrl)
    {
        var signedIn = context.User.Session();
        return Page(context, StatusCodes.Status200OK, new(
            origin.IssueToken(context),
            ReturnAddress.Sanitize(returnUrl, paths),
            RememberFor(),
            SignedInAs: signedIn?.Name ?? signedIn?.Email));
    }

    public async Task<IResult> LogInAsync(HttpContext context, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        if (SameOrigin.IsForeign(context.Request))
            return Refuse(StatusCodes.Status403Forbidden, "This login was sent by another site.");
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
            context.Response.Headers.RetryAfter = Refusal.RetryAfterSeconds;
            var login = LoginRequest.From(await FormBody.ReadAsync(context.Request, cancellationToken));
            return Again(context, StatusCodes.Status503ServiceUnavailable, login, NotNow);
        }
    }

    private async Task<IResult> LogInByFormAsync(HttpContext context, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        var login = LoginRequest.From(await FormBody.ReadAsync(context.Request, cancellationToken));
        if (!await origin.HasTokenAsync(context))
            return Again(context, StatusCodes.Status400BadRequest, login, "This page was open for too long. Please try again.");
        if (login.Fault() is { } fault)
            return Again(context, StatusCodes.Status400BadRequest, login, fault);
        var outcome = await attempt.RunAsync(context, login, cancellationToken);
        if (outcome.RetryAfter is { } wait)
            return Again(context, StatusCodes.Status429TooManyRequests, login, TooMany(context, wait));
        if (outcome.User is null)
            return Again(context, StatusCodes.Status401Unauthorized, login, WrongCredentials);

        context.Response.Headers.Location = ReturnAddress.Sanitize(login.ReturnUrl, paths);
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
            return Refuse(StatusCodes.Status400BadRequest, fault);
        var outcome = await attempt.RunAsync(context, login, cancellationToken);
        if (outcome.RetryAfter is { } wait)
            return Refuse(StatusCodes.Status429TooManyRequests, TooMany(context, wait));
        return outcome.User is { } user
            ? TypedResults.Ok(new LoggedIn(user.Id, ReturnAddress.Sanitize(login.ReturnUrl, paths)))
            : Refuse(StatusCodes.Status401Unauthorized, WrongCredentials);
    }

    // The same words for every reason but the wait: none of them is about the account.
    private static string TooMany(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds <= 60
            ? "Too many logins at once. Please try again in a few seconds."
            : $"Too many failed logins came from your network. Please try again in {(seconds + 59) / 60} minutes.";
    }

    private RazorComponentResult<LoginPage> Again(HttpContext context, int status, LoginRequest login, string failure) => Page(context, status, new(
        origin.IssueToken(context),
        ReturnAddress.Sanitize(login.ReturnUrl, paths),
        RememberFor(),
        login.Remember,
        login.Email,
        failure));

    private static RazorComponentResult<LoginPage> Page(HttpContext context, int status, LoginPageModel model)
    {
        PageHeaders.Add(context);
        return new RazorComponentResult<LoginPage>(new { Model = model }) { StatusCode = status };
    }

    private static ProblemHttpResult Refuse(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    private string? RememberFor() => rememberMe switch
    {
        { Enabled: false } => null,
        { Lifetime.TotalDays: >= 2 } => $"{rememberMe.Lifetime.TotalDays:0} days",
        { Lifetime.TotalHours: >= 2 } => $"{rememberMe.Lifetime.TotalHours:0} hours",
        _ => $"{rememberMe.Lifetime.TotalMinutes:0} minutes",
    };

    private sealed record LoggedIn(string UserId, string ReturnUrl);
}
