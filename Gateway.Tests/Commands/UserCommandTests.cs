using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Commands;

/// <summary>An operator's users, by the command line: by a process of its own where it is about the process.</summary>
public sealed class UserCommandTests
{
    [Fact]
    public async Task Add_WithoutAPassword_PrintsOneThatLogsIn()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**path}", site.Address));

        var added = await GatewayProcess.RunAsync(gateway.Settings, null, "users", "add", "ann@example.org", "--id", "42", "--name", "Ann", "--role", "editor");
        var password = added.Out.Split("Password: ")[1].Trim();
        using var browser = gateway.NewBrowser();
        using var loggedIn = await browser.LoginAsync("ann@example.org", password);
        using var page = await browser.GetAsync("/");

        Assert.Equal(0, added.ExitCode);
        Assert.Equal("42", (await EchoedRequest.OfAsync(page)).Header("X-User-Id"));
    }

    [Fact]
    [Requirement("A11")]
    public async Task Add_WithAPipedPassword_TakesItAsItIsAndPrintsNone()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        var added = await GatewayProcess.RunAsync(gateway.Settings, " päss word \n", "users", "add", "ann@example.org", "--password-stdin");
        using var browser = gateway.NewBrowser();
        using var trimmed = await browser.LoginJsonAsync("ann@example.org", "päss word");
        using var exact = await browser.LoginJsonAsync("ann@example.org", " päss word ");

        Assert.Equal(0, added.ExitCode);
        Assert.DoesNotContain("Password", added.Out, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, trimmed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, exact.StatusCode);
    }

    [Fact]
    public async Task Password_ThatIsEasilyGuessed_IsTakenWithAWarning()
    {
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().DefaultsInAsync(folder);

        var added = await GatewayProcess.RunAsync(settings, "password1", "users", "add", "ann@example.org", "--password-stdin");
        var set = await GatewayProcess.RunAsync(settings, "ann-example-7", "users", "set-password", "ann@example.org", "--password-stdin");
        var generated = await GatewayProcess.RunAsync(settings, null, "users", "set-password", "ann@example.org");
        var tooShort = await GatewayProcess.RunAsync(settings, "kwzpfjt", "users", "set-password", "ann@example.org", "--password-stdin");

        Assert.Equal([0, 0, 0, 1], [added.ExitCode, set.ExitCode, generated.ExitCode, tooShort.ExitCode]);
        Assert.Contains("easily guessed", added.Error, StringComparison.Ordinal);
        Assert.Contains("easily guessed", set.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("easily guessed", generated.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_IsExplainedOnStandardErrorWithExitCode1()
    {
        (string Reason, string[] Command)[] refusals =
        [
            ("is already taken", ["users", "add", "ANN@example.org"]),
            ("belongs to ann@example.org already", ["users", "add", "bob@example.org", "--id", "42"]),
            ("is not an e-mail address", ["users", "add", "nobody"]),
            ("is not a user id", ["users", "add", "bob@example.org", "--id", "a\tb"]),
            ("is not a role", ["users", "add", "bob@example.org", "--role", "a,b"]),
            ("there is no user", ["users", "show", "bob@example.org"]),
            ("there is no user", ["users", "disable", "bob@example.org"]),
            ("there is no user", ["sessions", "revoke", "bob@example.org"]),
        ];
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync("ann@example.org", Stage.Password, "42");
        AssertRefused(await GatewayProcess.RunAsync(gateway.Settings, null, refusals[0].Command), refusals[0].Reason);

        foreach (var (reason, command) in refusals)
            AssertRefused(await gateway.RunCommandAsync(command), reason);

        static void AssertRefused(CommandResult refused, string reason)
        {
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
            Assert.Empty(refused.Out);
        }
    }

    [Fact]
    public async Task ListShowRolesRemove_TellAndDoWhatTheySay()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.RunCommandAsync("users", "add", "ann@example.org", "--id", "42", "--role", "editor");
        await gateway.RunCommandAsync("users", "roles", "ann@example.org", "admin", "author");
        await gateway.RunCommandAsync("users", "disable", "ann@example.org");

        var listed = await gateway.RunCommandAsync("users", "list");
        var shown = await gateway.RunCommandAsync("users", "show", "Ann@Example.org");
        var removed = await gateway.RunCommandAsync("users", "remove", "ann@example.org");
        var left = await gateway.RunCommandAsync("users", "list");

        Assert.Equal("ann@example.org\t42\t-\tdisabled\n", listed.Out);
        Assert.Contains("roles:    admin, author\n", shown.Out, StringComparison.Ordinal);
        Assert.Equal(0, removed.ExitCode);
        Assert.Empty(left.Out);
    }
}
