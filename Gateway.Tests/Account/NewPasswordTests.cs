using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Account;

/// <summary>Which passwords a visitor may choose.</summary>
public sealed class NewPasswordTests(SharedRedis redis)
{
    private const string New = "velvet anchor tobacco";

    [Theory]
    [Requirement("A09")]
    [InlineData("fourteen chars", "at least 15 characters. These are 14.")]
    [InlineData("🦊🐙🦔🐢🦉🐝🐌", "at least 15 characters. These are 7.")]
    [InlineData("", "Please choose a password.")]
    public async Task NewPassword_ThatIsTooShort_IsRefused_CountedInCodePoints(string wanted, string fault)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        using var answer = await browser.ChangePasswordAsync(Stage.Password, wanted);

        await stage.AssertRefusedAsync(answer, fault);
    }

    [Fact]
    [Requirement("A09")]
    public async Task ShortPassword_OfBefore_StillLogsInAndCanBeChanged()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await stage.Gateway.AddUserAsync("bob@example.org", "hunter22", "43");
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", "hunter22");

        using var answer = await bob.ChangePasswordAsync("hunter22", New);

        Assert.Equal(HttpStatusCode.OK, loggedIn.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task NewPassword_IsTakenExactlyAsItWasTyped_UpTo1024CodePoints()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();
        var longest = " Ä" + string.Concat(Enumerable.Repeat("🦊Xq", 340)) + "z ";
        Assert.Equal(1024, longest.EnumerateRunes().Count());

        using var tooLong = await browser.ChangePasswordAsync(Stage.Password, longest + "z");
        using var taken = await browser.ChangePasswordAsync(Stage.Password, longest);

        Assert.Contains("no more than 1024 characters", await tooLong.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(longest.Trim()));
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(longest.ToUpperInvariant()));
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(longest));
    }

    [Theory]
    [Requirement("A10")]
    [InlineData("passwordpassword")]
    [InlineData("P@ssw0rd12345678!")]
    [InlineData("123456789012345")]
    [InlineData("qwertyuiopasdfgh")]
    [InlineData("ILOVEYOUiloveyou")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("ann@example.org")]
    [InlineData("Ann.Example.2026")]
    public async Task NewPassword_ThatEverybodyTriesFirst_IsRefused(string wanted)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        using var answer = await browser.ChangePasswordAsync(Stage.Password, wanted);

        await stage.AssertRefusedAsync(answer, "too easily guessed");
        Assert.Contains("easily guessed</p>", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [Requirement("A11")]
    [InlineData("kwzpfjtnqmvhbrx")]
    [InlineData("ocean lamp seventy")]
    [InlineData("八月的狐狸在屋顶上数星星等月亮")]
    public async Task NewPassword_OfOneKindOfCharacters_IsTaken(string wanted)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        using var answer = await browser.ChangePasswordAsync(Stage.Password, wanted);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(wanted));
    }

    [Fact]
    [Requirement("A12")]
    public async Task Page_LetsAPasswordManagerDoItsWork()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync();

        using var page = await browser.GetAsync($"{AccountVisits.Page}/password");
        var html = await page.TextAsync();

        Assert.Matches($"<input[^>]*autocomplete=\"username\"[^>]*value=\"{Stage.Email}\"", html);
        foreach (var (name, use) in ((string Name, string Use)[])[("current", "current-password"), ("new", "new-password"), ("again", "new-password")])
            Assert.Matches($"<input[^>]*name=\"{name}\" type=\"password\"[^>]*autocomplete=\"{use}\"", html);
        Assert.DoesNotContain("onpaste", html, StringComparison.OrdinalIgnoreCase);
    }
}
