using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Login;

public class CredentialTests
{
    private const string Label = "a-label-of-fifty-letters-of-which-there-are-too-many";

    [Theory]
    [InlineData("ann@example.org", "ANN@EXAMPLE.ORG")]
    [InlineData("ann@example.org", " Ann@Example.org\t")]
    [InlineData("Änne@Example.org", "äNNE@example.ORG")]
    [InlineData("ann+news@example.org", "ANN+news@example.org")]
    [InlineData("ann@exämple.org", "ANN@EXÄMPLE.org")]
    [InlineData("ann@xn--exmple-cua.org", "Ann@XN--exmple-cua.org")]
    public async Task Login_WithAnotherSpellingOfTheAddress_FindsTheUser(string stored, string typed)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings(), services: Stage.CheapLogins);
        await gateway.AddUserAsync(stored, Stage.Password, "7");
        using var browser = gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync(typed, Stage.Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("7", (await answer.JsonAsync()).GetProperty("userId").GetString());
    }

    [Theory]
    [Requirement("A19")]
    [InlineData("ann@example.org@evil.example")]
    [InlineData("ann@example.org\r\nBcc: x@y.example")]
    [InlineData("ann@example.org\0")]
    [InlineData("Ann <ann@example.org>")]
    [InlineData("ann@example.org,bob@example.org")]
    [InlineData("\"ann\"@example.org")]
    // A Cyrillic a, full-width letters, a full-width @, an ideographic full stop and a blank without width.
    [InlineData("\u0430nn@example.org")]
    [InlineData("ann@ex\u0430mple.org")]
    [InlineData("\uff41nn@example.org")]
    [InlineData("ann\uff20example.org")]
    [InlineData("ann@example\u3002org")]
    [InlineData("ann@example.org\u200b")]
    [InlineData($"ann@{Label}.{Label}.{Label}.{Label}.{Label}.example.org")]
    [InlineData("")]
    public async Task Login_WithSomethingLikeTheAddress_FindsNobody(string typed)
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync(typed, Stage.Password);

        Assert.Equal(typed.Length == 0 ? HttpStatusCode.BadRequest : HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(stage.Gateway.Logs.Of("RequestFailed"));
    }

    // Mail servers take one for the other; whoever may register either name must not be taken for the owner of both.
    [Theory]
    [Requirement("A19")]
    [InlineData("ann@exämple.org", "ann@xn--exmple-cua.org")]
    [InlineData("ann@xn--exmple-cua.org", "ann@exämple.org")]
    public async Task Login_WithTheOtherFormOfAnInternationalDomain_FindsNobody(string stored, string typed)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings(), services: Stage.CheapLogins);
        await gateway.AddUserAsync(stored, Stage.Password);
        using var browser = gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync(typed, Stage.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    // Also when somebody wrote such an address into the database.
    [Theory]
    [Requirement("A19")]
    [InlineData(254, HttpStatusCode.OK)]
    [InlineData(255, HttpStatusCode.Unauthorized)]
    [InlineData(60_000, HttpStatusCode.Unauthorized)]
    public async Task Login_WithAVeryLongAddress_EndsAt254Characters(int length, HttpStatusCode expected)
    {
        await using var stage = await Stage.StartAsync(keys: null);
        var email = string.Concat(new string('a', length - "@example.org".Length), "@example.org");
        // As much of it as the column takes.
        var stored = email[..Math.Min(length, 256)];
        await stage.Gateway.InDatabaseAsync(database => database.Users.ExecuteUpdateAsync(
            update => update.SetProperty(user => user.Email, stored).SetProperty(user => user.NormalizedEmail, stored.ToUpperInvariant()),
            TestContext.Current.CancellationToken));
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync(email, Stage.Password);

        Assert.Equal(expected, answer.StatusCode);
    }

    public static TheoryData<string, string> AlmostEqualPasswords => new()
    {
        { " leading space", "leading space" },
        { "trailing space ", "trailing space" },
        { "Case Matters", "case matters" },
        { new string('a', 72) + "b", new string('a', 72) + "c" },
        { "before\0after", "before\0other" },
        { "caf\u00e9 au lait", "cafe\u0301 au lait" },
        { "smile 😀 smile", "smile 😁 smile" },
    };

    [Theory]
    [Requirement("A06", "A08")]
    [MemberData(nameof(AlmostEqualPasswords))]
    public async Task Login_TakesThePasswordExactlyAsItWasTyped(string password, string almost)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings(), services: Stage.CheapLogins);
        await gateway.AddUserAsync(Stage.Email, password);
        using var browser = gateway.NewBrowser();

        using var wrong = await browser.LoginJsonAsync(Stage.Email, almost);
        using var byJson = await browser.LoginJsonAsync(Stage.Email, password);
        // ASP.NET Core takes no form with NUL in it, and no browser sends one.
        using var byForm = await browser.LoginAsync(Stage.Email, password);

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byJson.StatusCode);
        Assert.Equal(password.Contains('\0', StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.SeeOther, byForm.StatusCode);
    }

    [Theory]
    [Requirement("A07")]
    [InlineData(1024, HttpStatusCode.OK)]
    [InlineData(1025, HttpStatusCode.BadRequest)]
    public async Task Login_WithAVeryLongPassword_EndsAt1024Characters(int length, HttpStatusCode expected)
    {
        await using var stage = await Stage.StartAsync(keys: null);
        await stage.Gateway.AddUserAsync("long@example.org", new string('p', 1024));
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync("long@example.org", new string('p', length));

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.BadRequest)
            Assert.Contains("password", (await answer.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
