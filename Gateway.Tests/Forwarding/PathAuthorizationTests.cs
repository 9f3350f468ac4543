using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

public sealed class PathAuthorizationTests(Front front)
{
    private static readonly string[] Pieces =
    [
        "/", "/", "/", "//", "\\", "%2f", "%2F", "%5c", "%252f", "%255C", "admin", "admin", "ADMIN", "public", "public", "%61dmin", "ad%6Din",
        "%2561dmin", "%70ublic", ";", ";x=1", "%3b", "%253B", ".", "..", "%2e", "%2E%2e", "..;", ".;", "x", "%00", "%25", "%", "_gateway",
        "verify", "%5fgateway", "staff",
    ];

    [Theory]
    [Requirement("P04")]
    [InlineData("/admin")]
    [InlineData("/ADMIN/x")]
    [InlineData("//admin/x")]
    [InlineData("/admin//x")]
    [InlineData("/%61dmin/x")]
    [InlineData("/%2561dmin/x")]
    [InlineData("/admin%2fx")]
    [InlineData("/admin%252fx")]
    [InlineData("/%2fadmin/x")]
    [InlineData("/\\admin/x")]
    [InlineData("/%5cadmin")]
    [InlineData("/admin;x=1/x")]
    [InlineData("/admin%3bx/x")]
    [InlineData("/;/admin/x")]
    [InlineData("/;%2Fadmin")]
    [InlineData("/%2561dmin;%252Fx")]
    [InlineData("/public/../admin/x")]
    [InlineData("/public/..;/admin/x")]
    [InlineData("/public/%2e%2e/admin/x")]
    [InlineData("/public/%252e%252e/admin/x")]
    [InlineData("/public%2f..%2fadmin/x")]
    [InlineData("/public\\..\\admin\\x")]
    [InlineData("/public/.%2e;x/admin")]
    [InlineData("/public/..%00/admin")]
    [InlineData("/public/..#/admin")]
    [InlineData("/public#/../admin")]
    [InlineData("/public?/../../admin")]
    [InlineData("/public;/../admin")]
    [InlineData("/public/%u002e%u002e/admin")]
    [InlineData("/public/%c0%ae%c0%ae/admin")]
    [InlineData("/public/%25c0%25ae./admin")]
    [InlineData("/./admin/x")]
    [InlineData("/x/..//admin")]
    public async Task Visitor_WithoutTheRole_ReachesNothingThatCouldBeReadAsAdmin(string target)
    {
        var asStranger = await front.GetAsync(target);
        var asEditor = await front.GetAsync(target, front.Ann);

        Assert.True(asStranger.Seen is null || !EagerReading.LeadsTo("/admin", asStranger.Seen.Target), asStranger.Seen?.Target);
        Assert.True(asEditor.Seen is null || !EagerReading.LeadsTo("/admin", asEditor.Seen.Target), asEditor.Seen?.Target);
    }

    [Theory]
    [InlineData("/_gateway")]
    [InlineData("/_gateway/")]
    [InlineData("/_GATEWAY/nothing")]
    [InlineData("/_gateway/login/x")]
    [InlineData("//_gateway/verify")]
    [InlineData("/%5fgateway/verify")]
    [InlineData("/_gateway%2fverify")]
    [InlineData("/_gateway;x/verify")]
    [InlineData("/\\_gateway/verify")]
    [InlineData("/%255Fgateway/verify")]
    [InlineData("/public/..;/_gateway/verify")]
    public async Task Path_OfTheGateway_IsNeverForwarded(string target)
    {
        foreach (var method in new[] { "GET", "PUT", "OPTIONS", "PROPFIND" })
            Assert.Null((await front.SendAsync($"{method} {target} HTTP/1.1", [front.Ann])).Seen);
    }

    // The same seed each time, so that a failure comes back.
    [Theory]
    [Requirement("P04")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Path_InAnySpelling_IsForwardedOnlyAsItWasAuthorized(int seed)
    {
        var random = new Random(seed);
        var (forwarded, forwardedToAdmin) = (0, 0);
        for (var round = 0; round < 1000; round++)
        {
            var path = "/" + string.Concat(random.GetItems(Pieces, random.Next(1, 8)));
            var target = random.Next(10) == 0 ? $"http://{front.Address.Authority}{path}" : path;
            var seen = (await front.GetAsync(target)).Seen;
            if (seen is null)
                seen = (await front.GetAsync(target, front.Ann)).Seen;
            else
                Assert.False(EagerReading.LeadsTo("/staff", seen.Target), $"Anybody got to {target}");
            if (seen is null)
            {
                forwardedToAdmin += (await front.GetAsync(target, front.Admin)).Seen is null ? 0 : 1;
                continue;
            }

            forwarded++;
            Assert.Equal(path, seen.Target);
            Assert.False(EagerReading.LeadsTo("/admin", seen.Target), $"An editor got to {target}");
            Assert.False(EagerReading.LeadsTo("/_gateway", seen.Target), $"Forwarded: {target}");
        }

        // The table is worth something only when it lets enough through.
        Assert.InRange(forwarded, 150, 900);
        Assert.InRange(forwardedToAdmin, 10, 500);
    }
}
