using System.Net;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Administration;

/// <summary>An administrator adds a user, and is told what is wrong with one who can't be.</summary>
public sealed class NewUserTests
{
    [Fact]
    public async Task User_IsAddedWithAPasswordThatIsShownOnce()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();

        using var answer = await browser.SendAsync("/users/new", ("email", " Bob@example.org "), ("name", "Bob <b>"), ("id", "b/../7"), ("roles", "editor,reader"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var page = await answer.HtmlAsync();
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", page.QuerySelector("#password")!.TextContent);
        Assert.Equal("b/../7", await bob.UserAtAsync());
        var told = await stage.Gateway.OneAsync(AuditActions.UserAdded);
        Assert.Equal(("user:1", "user:b/../7", """{"email":"Bob@example.org","roles":["editor","reader"]}"""), (told.Actor, told.Subject, told.Detail));
        using var shown = await browser.ReadAsync(page.QuerySelector("main .actions a")!.GetAttribute("href")!);
        Assert.Contains("Bob <b>", shown.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_WithoutNameIdAndRoles_IsAddedWithAnIdThatIsMadeUp()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();

        using var answer = await browser.SendAsync("/users/new", ("email", "bob@example.org"), ("name", ""), ("id", ""), ("roles", ""));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await stage.Gateway.ChangeUserAsync("bob@example.org", async (accounts, user) =>
        {
            Assert.Equal((20, null), (user.Id.Length, user.Name));
            Assert.Empty(await accounts.RolesOfAsync(user));
        });
    }

    [Theory]
    [InlineData("email", "nobody", "not an e-mail")]
    [InlineData("email", "", "not an e-mail")]
    [InlineData("email", "ANN@example.org", "already")]
    [InlineData("id", "42", "already")]
    [InlineData("id", "ä", "up to 128")]
    [InlineData("name", "a\u0007b", "at most 256")]
    [InlineData("roles", "editor a\"b", "is no role")]
    public async Task User_WhoCantBe_ComesBackAsTypedWithTheFieldAtFault(string field, string value, string fault)
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "bob@example.org", ["name"] = "Bob", ["id"] = "7", ["roles"] = "editor" };
        fields[field] = value;

        using var answer = await browser.SendAsync("/users/new", [.. fields.Select(one => (one.Key, one.Value))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var page = await answer.HtmlAsync();
        Assert.Equal([field], page.QuerySelectorAll("[aria-invalid=true]").Select(input => input.Id));
        Assert.Contains(fault, page.QuerySelector($"#{field}-fault")!.TextContent, StringComparison.Ordinal);
        Assert.All(fields, one => Assert.Equal(one.Value, page.QuerySelector($"#{one.Key}")!.GetAttribute("value")));
        Assert.Empty(await stage.Gateway.AuditAsync(AuditActions.UserAdded));
    }
}
