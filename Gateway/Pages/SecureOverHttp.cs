namespace Gateway.Pages;

/// <summary>
/// A cookie with <c>Secure</c>, also where TLS ends in front of the gateway and the request comes by http. Asked for one that is always
/// secure, the framework's antiforgery would make no token for such a request.
/// </summary>
internal sealed class SecureOverHttp : CookieBuilder
{
    public SecureOverHttp(CookieBuilder like)
    {
        (Name, Domain, Path, HttpOnly, IsEssential, SameSite, MaxAge) =
            (like.Name, like.Domain, like.Path, like.HttpOnly, like.IsEssential, like.SameSite, like.MaxAge);
        SecurePolicy = CookieSecurePolicy.None;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = true;
        return options;
    }
}
