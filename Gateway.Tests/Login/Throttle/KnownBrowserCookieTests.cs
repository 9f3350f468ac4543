using Gateway.Login.Throttle;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Tests.Login.Throttle;

public sealed class KnownBrowserCookieTests
{
    private readonly TestClock clock = new();
    private readonly AccountName ann = AccountName.Of("ann@example.org", new UpperInvariantLookupNormalizer());
    private readonly KnownBrowserCookie cookie;
    private readonly DefaultHttpContext request = new();

    public KnownBrowserCookieTests()
    {
        cookie = new KnownBrowserCookie(new CookieSettings(), new EphemeralDataProtectionProvider(), clock);
        var answer = new DefaultHttpContext();
        cookie.Write(answer, ann);
        request.Request.Headers.Cookie = answer.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    [Fact]
    public void Cookie_IsOfAnyBrowserThatHasItUntilItIsOld()
    {
        Assert.False(cookie.Read(request, ann)!.IsOld);
        clock.Advance(TimeSpan.FromDays(201));
        Assert.True(cookie.Read(request, ann)!.IsOld);
        clock.Advance(TimeSpan.FromDays(199));
        Assert.Null(cookie.Read(request, ann));
    }

    [Fact]
    public void Cookie_SignedWithOtherKeys_IsAStrangers() =>
        Assert.Null(new KnownBrowserCookie(new CookieSettings(), new EphemeralDataProtectionProvider(), clock).Read(request, ann));
}
