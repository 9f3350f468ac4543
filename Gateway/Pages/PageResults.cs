using Gateway.Pages.Languages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gateway.Pages;

internal static class PageResults
{
    /// <summary>A page in the visitor's language, with the headers of the gateway's own answers.</summary>
    /// <param name="parameters">The component's parameters by name, as an anonymous object.</param>
    public static RazorComponentResult<TPage> Page<TPage>(this HttpContext context, object? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        PageHeaders.Add(context);
        context.Response.Headers.ContentLanguage = context.Texts().Tag;
        context.Response.Headers.Append(HeaderNames.Vary, "Accept-Language, Cookie");
        return new RazorComponentResult<TPage>(parameters ?? new { }) { StatusCode = status };
    }

    /// <summary>To another page, by GET.</summary>
    /// <param name="address">Already sanitized.</param>
    public static IResult GoTo(HttpContext context, string address)
    {
        PageHeaders.Add(context);
        context.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
