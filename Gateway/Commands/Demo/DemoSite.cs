using System.Net;
using System.Text;

namespace Gateway.Commands.Demo;

/// <summary>A small legacy site that knows nothing of the gateway: it shows what it was sent.</summary>
internal static class DemoSite
{
    public static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.Run(ShowAsync);
        await site.StartAsync();
        return site;
    }

    private static Task ShowAsync(HttpContext context)
    {
        var user = context.Request.Headers["X-User-Id"].ToString();
        var page = new StringBuilder("<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Legacy site</title>")
            .Append("<meta name=color-scheme content=\"light dark\"><style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}:root{color-scheme:light dark}td{padding:.1rem 1rem .1rem 0;vertical-align:top}td+td{word-break:break-all}</style>")
            .Append("<h1>A legacy site</h1><p>")
            .Append(user.Length == 0 ? "I was told of no user." : $"The user is <b id=user>{WebUtility.HtmlEncode(user)}</b>, says the header <code>X-User-Id</code>.")
            .Append("<p><a href=/>A page for users</a> · <a href=/public>A public page</a> · <a href=/editors>A page for editors</a>")
            .Append("<form method=post action=/_gateway/logout><button>Log out</button></form>")
            .Append($"<h2>What I received</h2><p><code>{WebUtility.HtmlEncode($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}")}</code><table>");
        foreach (var (name, values) in context.Request.Headers)
            page.Append($"<tr><td><code>{WebUtility.HtmlEncode(name)}</code><td><code>{WebUtility.HtmlEncode(values.ToString())}</code>");
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page.Append("</table></html>").ToString());
    }
}
