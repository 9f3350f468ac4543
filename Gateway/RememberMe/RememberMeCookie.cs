using System.Diagnostics.CodeAnalysis;
using Gateway.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.RememberMe;

/// <summary>The signed cookie that remembers a browser.</summary>
internal sealed class RememberMeCookie(RememberMeSettings settings, CookieSettings cookies, IDataProtectionProvider protection)
{
    private readonly CookieBuilder cookie = cookies.Build(settings.CookieName, settings.Lifetime);

    public string Name => cookie.Name!;

    public bool IsPresent(HttpContext context) => context.Request.Cookies.ContainsKey(Name);

    public bool TryRead(HttpContext context, [NotNullWhen(true)] out RememberMeToken? token) =>
        RememberMeToken.TryUnprotect(protection, context.Request.Cookies[Name], out token);

    public string Sign(RememberMeToken token) => token.Protect(protection);

    public void Write(HttpContext context, string signed)
    {
        // Deleted before, it would be in the answer twice (RFC 6265 section 4.1.1).
        var headers = context.Response.Headers;
        headers.SetCookie = headers.SetCookie.Where(line => line?.StartsWith(Name + "=", StringComparison.Ordinal) != true).ToArray();
        context.Response.Cookies.Append(Name, signed, cookie.Build(context));
        context.Response.NeverCache();
    }

    public void Delete(HttpContext context)
    {
        context.Response.Cookies.Delete(Name, cookie.Build(context));
        context.Response.NeverCache();
    }
}
