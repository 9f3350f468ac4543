namespace Gateway.Tests.Hosting;

public sealed class CookieJarTests
{
    private readonly TestClock clock = new();
    private readonly CookieJar jar;

    public CookieJarTests() => jar = new CookieJar(clock);

    [Fact]
    public void Closing_the_browser_keeps_only_lasting_cookies()
    {
        jar.Receive("session=1; path=/; httponly");
        jar.Receive("lasting=2; max-age=60; path=/");

        jar.ForgetSessionCookies();

        Assert.Equal("lasting=2", jar.HeaderFor("/page"));
    }

    [Fact]
    public void A_cookie_goes_when_its_age_is_reached()
    {
        jar.Receive("lasting=2; max-age=60; path=/");
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("2", jar["lasting"]);

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(jar["lasting"]);
        Assert.Null(jar.HeaderFor("/"));
    }

    [Theory]
    [InlineData("a=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/")]
    [InlineData("a=; max-age=0; path=/")]
    public void A_past_expiry_deletes_the_cookie(string deletion)
    {
        jar.Receive("a=1; path=/");

        jar.Receive(deletion);

        Assert.Null(jar["a"]);
        Assert.Equal(["a=1; path=/", deletion], jar.Received);
    }

    [Fact]
    public void A_deletion_for_another_path_deletes_nothing()
    {
        jar.Receive("a=1; path=/");

        jar.Receive("a=; max-age=0; path=/elsewhere");

        Assert.Equal("1", jar["a"]);
    }

    [Theory]
    [InlineData("/app", true)]
    [InlineData("/app/page", true)]
    [InlineData("/app?q=1", true)]
    [InlineData("/apple", false)]
    [InlineData("/", false)]
    public void A_cookie_is_sent_below_its_path_only(string path, bool sent)
    {
        jar.Receive("a=1; path=/app");

        Assert.Equal(sent ? "a=1" : null, jar.HeaderFor(path));
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        jar.Receive("a=1; path=/");
        var stolen = jar.Copy();

        jar["a"] = null;

        Assert.Null(jar["a"]);
        Assert.Equal("1", stolen["a"]);
    }
}
