using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Pages;

/// <summary>The gateway's own refusals: a page for a person, <c>application/problem+json</c> (RFC 9457) for everything else.</summary>
internal static class Problems
{
    public const string RetryAfterSeconds = "5";

    /// <param name="title">For a program, in English, as is the detail. A page says what <c>errors</c> has for the status in the visitor's language.</param>
    /// <param name="page">Other texts of <c>errors</c> for the page than those of the status.</param>
    public static Task AnswerAsync(HttpContext context, int status, string title, string detail, string? page = null)
    {
        if (context.Request.IsNavigation())
            return context.Page<ErrorPage>(new { Status = status, Subject = page }, status).ExecuteAsync(context);

        context.Response.StatusCode = status;
        PageHeaders.Add(context);
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Extensions = { ["requestId"] = RequestId(context) } };
        return TypedResults.Problem(problem).ExecuteAsync(context);
    }

    /// <summary>The same as an endpoint's result.</summary>
    public static IResult Answer(int status, string title, string detail, string? page = null) => new Result(status, title, detail, page);

    /// <summary>What another site's page asked a visitor's browser to send.</summary>
    public static IResult Foreign(string detail) => Answer(StatusCodes.Status403Forbidden, "Forbidden", detail, "foreign");

    /// <summary>By which a visitor's complaint is found in the log, and in a trace where requests are traced.</summary>
    public static string RequestId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    public static Task UnavailableAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return AnswerAsync(
            context, StatusCodes.Status503ServiceUnavailable, "Not available at the moment", "Nothing is lost. Please try again in a few seconds.");
    }

    private sealed class Result(int status, string title, string detail, string? page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => AnswerAsync(httpContext, status, title, detail, page);
    }
}
