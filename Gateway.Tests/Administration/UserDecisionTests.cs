using System.Net;
using Gateway.Audit;
using Gateway.Tests.Account;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Administration;

/// <summary>What an administrator decides about a user holds at once, and is told with who decided it.</summary>
public sealed class UserDecisionTests(SharedRedis redis)
{
    [Theory]
    [Requirement("S08", "S09", "S10")]
    [InlineData("disable", "disabled", AuditActions.UserDisabled, null, true)]
    [InlineData("disable", "disabled", AuditActions.UserDisabled, null, false)]
    [InlineData("revoke", "revoked", AuditActions.SessionsRevoked, """{"browsers":1}""", true)]
    [InlineData("revoke", "revoked", AuditActions.SessionsRevoked, """{"browsers":1}""", false)]
    [InlineData("require-factor", "required", AuditActions.SecondFactorRequired, """{"required":true}""", true)]
    [InlineData("reset-factor", "reset", AuditActions.SecondFactorReset, null, true)]
    public async Task Decision_EndsTheUsersSessionsAndBrowsersAtOnce(string form, string done, string action, string? detail, bool withRedis)
    {
        await using var stage = await AdministrationVisits.StartAsync(withRedis ? redis.NewKeys() : null);
        using var ann = await stage.LogInAsync(remember: true);
        using var elsewhere = (await stage.LogInAsync()).At((withRedis ? await stage.StartNodeAsync() : stage.Gateway).BaseAddress);
        Assert.Equal(Stage.UserId, await elsewhere.UserAtAsync());
        using var browser = await stage.LogInAsAdministratorAsync();

        using var answer = await browser.DecideAsync(form, Stage.UserId);

        answer.AssertDone(done);
        Assert.Null(await ann.UserAtAsync());
        Assert.Null(await elsewhere.UserAtAsync());
        Assert.Equal(AdministrationVisits.Id, await browser.UserAtAsync());
        var told = await stage.Gateway.OneAsync(action);
        Assert.Equal(("user:1", "user:42", "127.0.0.1", detail), (told.Actor, told.Subject, told.Address, told.Detail));
        Assert.StartsWith("TestBrowser", told.UserAgent, StringComparison.Ordinal);
        using var shown = await browser.FollowAsync(answer);
        using var page = await shown.HtmlAsync();
        Assert.NotEmpty(page.QuerySelector(".notice.success")!.TextContent);
    }

    [Fact]
    public async Task Disabled_IsEnabledAgain()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        using var disabled = await browser.DecideAsync("disable", Stage.UserId);
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(Stage.Password));
        using var page = await browser.ReadAsync(AdministrationVisits.Ann);

        using var enabled = await browser.DecideAsync("enable", Stage.UserId);

        enabled.AssertDone("enabled");
        Assert.Empty(page.QuerySelectorAll("form[action*='/user/disable']"));
        Assert.Single(page.QuerySelectorAll("form[action*='/user/enable']"));
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(Stage.Password));
        Assert.Equal("user:1", (await stage.Gateway.OneAsync(AuditActions.UserEnabled)).Actor);
    }

    [Fact]
    public async Task Factor_NoLongerRequired_IsNotAskedFor()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        using var required = await browser.DecideAsync("require-factor", Stage.UserId);
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(Stage.Password));

        using var waived = await browser.DecideAsync("waive-factor", Stage.UserId);

        waived.AssertDone("waived");
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(Stage.Password));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Roles_ReachALiveSessionAtOnce(bool withRedis)
    {
        await using var stage = await AdministrationVisits.StartAsync(withRedis ? redis.NewKeys() : null);
        using var ann = await stage.LogInAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        using var before = await ann.FetchAsync("/edit/page");

        using var answer = await browser.DecideAsync("roles", Stage.UserId, ("roles", " editor, Writer;editor "));

        answer.AssertDone("roles");
        using var after = await ann.FetchAsync("/edit/page");
        Assert.Equal(HttpStatusCode.Forbidden, before.StatusCode);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal("""{"from":["reader"],"to":["Writer","editor"]}""", (await stage.Gateway.OneAsync(AuditActions.UserRoles)).Detail);
    }

    [Fact]
    public async Task Roles_ThatAreNone_ComeBackAsTheyWereTyped()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();

        using var answer = await browser.DecideAsync("roles", Stage.UserId, ("roles", "editor <b>bold</b>"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var page = await answer.HtmlAsync();
        var field = page.QuerySelector("#roles")!;
        Assert.Equal(("editor <b>bold</b>", "true"), (field.GetAttribute("value"), field.GetAttribute("aria-invalid")));
        Assert.Contains("'<b>bold</b>' is no role", page.QuerySelector("#roles-fault")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("b"));
        Assert.Empty(await stage.Gateway.AuditAsync(AuditActions.UserRoles));
    }

    [Fact]
    [Requirement("S09")]
    public async Task Password_IsShownOnce_AndIsNowhereElse()
    {
        await using var stage = await AdministrationVisits.StartAsync(redis.NewKeys());
        using var ann = await stage.LogInAsync(remember: true);
        using var browser = await stage.LogInAsAdministratorAsync();

        using var answer = await browser.DecideAsync("password", Stage.UserId);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        using var page = await answer.HtmlAsync();
        var password = page.QuerySelector("#password")!.TextContent;
        // It would lead away from what is shown this once.
        Assert.Null(page.QuerySelector(".languages"));
        Assert.Null(await ann.UserAtAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(Stage.Password));
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(password));
        await stage.Gateway.OneAsync(AuditActions.UserPasswordSet);
        Assert.DoesNotContain(password, string.Concat(await stage.Gateway.AuditAsync()), StringComparison.Ordinal);
        Assert.Empty(stage.Gateway.Logs.Containing(password));
        using var again = await browser.ReadAsync(AdministrationVisits.Ann);
        Assert.DoesNotContain(password, again.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_IsRemovedAfterAQuestion()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var ann = await stage.LogInAsync(remember: true);
        using var browser = await stage.LogInAsAdministratorAsync();

        using var question = await browser.ReadAsync($"{AdministrationVisits.Page}/user/remove?id={Stage.UserId}");
        var asked = await ann.UserAtAsync();
        using var answer = await browser.DecideAsync("remove", Stage.UserId);

        Assert.Contains(Stage.Email, question.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Stage.UserId, asked);
        Assert.Equal($"{AdministrationVisits.Page}/users?done=removed", answer.Headers.Location?.OriginalString);
        Assert.Null(await ann.UserAtAsync());
        var told = await stage.Gateway.OneAsync(AuditActions.UserRemoved);
        Assert.Equal(("user:1", """{"email":"ann@example.org"}"""), (told.Actor, told.Detail));
        using var gone = await browser.GetAsync(AdministrationVisits.Ann);
        Assert.Equal($"{AdministrationVisits.Page}/users?done=nobody", gone.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("disable", "self")]
    [InlineData("remove", "self")]
    [InlineData("password", "self")]
    [InlineData("reset-factor", "self")]
    public async Task Administrator_LocksNobodyOutByDoingItToThemselves(string form, string done)
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        using var page = await browser.ReadAsync($"{AdministrationVisits.Page}/user?id=1");

        using var answer = await browser.DecideAsync(form, AdministrationVisits.Id);

        answer.AssertDone(done, AdministrationVisits.Id);
        Assert.Empty(page.QuerySelectorAll($"form[action*='/user/{form}']"));
        Assert.Equal(AdministrationVisits.Id, await browser.UserAtAsync());
    }

    [Fact]
    public async Task Administrator_CantTakeTheRoleFromThemselves_AndCanTakeOthers()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();

        using var refused = await browser.DecideAsync("roles", AdministrationVisits.Id, ("roles", "editor"));
        using var taken = await browser.DecideAsync("roles", AdministrationVisits.Id, ("roles", "editor Gateway-Admin"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        taken.AssertDone("roles", AdministrationVisits.Id);
        using var still = await browser.GetAsync(AdministrationVisits.Page);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }
}
