using System.Diagnostics;
using Gateway.Login.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Login;

/// <summary>The gateway's own refusals: a page for a person, <c>application/problem+json</c> (RFC 9457) for everything else.</summary>
internal static class Problems
{
    public static Task AnswerAsync(HttpContext context, int status, string title, string detail)
    {
        var requestId = RequestId(context);
        context.Response.StatusCode = status;
        PageHeaders.Add(context);
        if (context.Request.IsNavigation())
            return new RazorComponentResult<ErrorPage>(new { Status = status, Title = title, Detail = detail, RequestId = requestId }) { StatusCode = status }
                .ExecuteAsync(context);

        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Extensions = { ["requestId"] = requestId } };
        return TypedResults.Problem(problem).ExecuteAsync(context);
    }

    /// <summary>By which a visitor's complaint is found in the log, and in a trace where requests are traced.</summary>
    public static string RequestId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    public static Task UnavailableAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = Refusal.RetryAfterSeconds;
        return AnswerAsync(
            context, StatusCodes.Status503ServiceUnavailable, "Not available at the moment", "Nothing is lost. Please try again in a few seconds.");
    }
}
