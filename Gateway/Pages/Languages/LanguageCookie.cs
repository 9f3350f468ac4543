using Gateway.Sessions;

namespace Gateway.Pages.Languages;

/// <summary>The language that a visitor chose; says nothing about who they are.</summary>
internal sealed class LanguageCookie(CookieSettings cookies)
{
    // As long as browsers keep a cookie at most (RFC 6265bis section 5.5).
    private readonly CookieBuilder cookie = cookies.Build("gateway.language", TimeSpan.FromDays(400));

    public string Name => cookie.Name!;

    public string? Read(HttpRequest request) => request.Cookies[Name];

    public void Write(HttpContext context, Texts language) => context.Response.Cookies.Append(Name, language.Tag, cookie.Build(context));
}
