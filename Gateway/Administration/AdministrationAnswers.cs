using Gateway.Administration.Pages;
using Gateway.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Administration;

internal static class AdministrationAnswers
{
    /// <summary>To a page of the administration, which tells what was done.</summary>
    /// <param name="done">A text below <c>admin.done</c> or <c>admin.failed</c>.</param>
    public static IResult BackTo(this HttpContext context, string page, string done) =>
        PageResults.GoTo(context, QueryHelpers.AddQueryString(page, Outcome.Parameter, done));
}
