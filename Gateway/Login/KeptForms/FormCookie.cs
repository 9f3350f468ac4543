using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gateway.Sessions;

namespace Gateway.Login.KeptForms;

/// <summary>
/// The secret that binds forms to the browser that sent them; one for all that wait at a time. On the path <c>/</c>, because a confirmed
/// form goes to its own address.
/// </summary>
internal sealed class FormCookie
{
    private const int Bytes = 32;
    private const int Characters = 43;

    // A page that was made by a form is reloaded long after, and what the browser sends again then is no application's.
    private static readonly TimeSpan AndThen = TimeSpan.FromHours(1);

    private readonly CookieBuilder cookie;

    public FormCookie(CookieSettings cookies, KeptFormSettings settings)
    {
        cookie = cookies.Build("gateway.form", settings.KeepFor + AndThen);
        // Never with what another site sends.
        if (cookie.SameSite is SameSiteMode.None)
            cookie.SameSite = SameSiteMode.Lax;
    }

    public string Name => cookie.Name!;

    public bool IsPresent(HttpRequest request) => request.Cookies.ContainsKey(Name);

    /// <summary>SHA-256 of the browser's secret; null when it has none.</summary>
    public byte[]? Read(HttpRequest request) => Secret(request) is { } secret ? Hash(secret) : null;

    /// <summary>The same, of a new secret where the browser has none.</summary>
    public byte[] ReadOrWrite(HttpContext context)
    {
        var secret = Secret(context.Request) ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        context.Response.Cookies.Append(Name, secret, cookie.Build(context));
        context.Response.NeverCache();
        return Hash(secret);
    }

    private string? Secret(HttpRequest request) => request.Cookies[Name] is { Length: Characters } text && Base64Url.IsValid(text) ? text : null;

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));
}
