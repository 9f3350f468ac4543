using AngleSharp.Dom;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Gateway.Users.Transfer;

namespace Gateway.Tests.Administration;

/// <summary>An administrator finds users, whatever engine has them.</summary>
public abstract class UserListStories
{
    [Theory]
    [InlineData("search=LOVELACE", "ada@example.org")]
    [InlineData("search=ada%40EX", "ada@example.org")]
    [InlineData("search=x-9", "zoe@example.net")]
    [InlineData("search=%C3%B6zlem", "ozlem@example.net")]
    [InlineData("search=%C3%96ZLEM", "ozlem@example.net")]
    [InlineData("search=example.net", "ozlem@example.net", "zoe@example.net")]
    [InlineData("search=100%25", "zoe@example.net")]
    [InlineData("search=_")]
    [InlineData("search=%00", "ada@example.org", "ann@example.org", "ozlem@example.net", "root@example.org", "zoe@example.net")]
    [InlineData("search=%27%20OR%201%3D1")]
    [InlineData("role=EDITOR", "ada@example.org", "zoe@example.net")]
    [InlineData("role=editor&search=zo", "zoe@example.net")]
    [InlineData("role=nobody-has-it")]
    [InlineData("state=disabled", "zoe@example.net")]
    [InlineData("state=nopassword", "ozlem@example.net")]
    [InlineData("state=enabled&role=editor", "ada@example.org")]
    public async Task List_HasThoseWhoFit(string query, params string[] expected)
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();

        using var page = await browser.ReadAsync($"{AdministrationVisits.Page}/users?{query}");

        Assert.Equal(expected, Emails(page));
    }

    [Fact]
    public async Task List_OfMany_IsReadPageByPage_EachOnce()
    {
        await using var stage = await StartAsync();
        await stage.Gateway.ImportAsync([.. Enumerable.Range(0, 120).Select(number => new UserRecord(Id: null, $"many{number:000}@example.com", "One of Many", Roles: null, Hash: null, Salt: null, Format: null))]);
        using var browser = await stage.LogInAsAdministratorAsync();

        var seen = new List<string>();
        var pages = 0;
        for (string? next = $"{AdministrationVisits.Page}/users?search=many"; next is not null; pages++)
        {
            using var page = await browser.ReadAsync(next);
            seen.AddRange(Emails(page));
            Assert.Equal(pages > 0, page.QuerySelector("nav.pages a[href='/_gateway/admin/users?search=many']") is not null);
            next = page.QuerySelectorAll("nav.pages a").FirstOrDefault(link => link.TextContent == "Next page")?.GetAttribute("href");
        }

        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(0, 120).Select(number => $"many{number:000}@example.com"), seen);
    }

    [Fact]
    public async Task Command_FindsTheSame()
    {
        await using var stage = await StartAsync();

        var byText = await stage.Gateway.RunCommandAsync("users", "list", "--search", "özlem");
        var byRole = await stage.Gateway.RunCommandAsync("users", "list", "--role", "editor", "--json");
        var all = await stage.Gateway.RunCommandAsync("users", "list");

        Assert.Equal("ozlem@example.net\toz\tÖzlem\tenabled\n", byText.Out);
        Assert.Equal(2, byRole.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(5, all.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static async Task<Stage> StartAsync()
    {
        var stage = await AdministrationVisits.StartAsync();
        await stage.Gateway.AddUserAsync("Ada@example.org", Stage.Password, "7", "Ada Lovelace", "editor");
        await stage.Gateway.AddUserAsync("zoe@example.net", Stage.Password, "X-9", "Zoe (100%)", "editor", "reader");
        await stage.Gateway.AddUserAsync("ozlem@example.net", Stage.Password, "oz", "Özlem");
        await stage.Gateway.ChangeUserAsync("zoe@example.net", (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
        await stage.Gateway.ChangeUserAsync("ozlem@example.net", (accounts, user) => accounts.SetHashAsync(user, null!));
        return stage;
    }

    private static IEnumerable<string> Emails(IParentNode page) => page.QuerySelectorAll("tbody th a").Select(link => link.TextContent.ToLowerInvariant());
}

[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class UserListTests : UserListStories;

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class UserListOnPostgreSqlTests : UserListStories;
