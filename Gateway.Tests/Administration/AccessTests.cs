using System.Net;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Administration;

/// <summary>The administration is for administrators: every one of its endpoints, those that come later included.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task Endpoint_WhicheverItIs_IsForbiddenToOtherUsers()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var ann = await stage.LogInAsync();

        foreach (var (method, path) in Endpoints(stage.Gateway))
        {
            using var answer = await AskAsync(ann, method, path);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} is {answer.StatusCode}");
            Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        }

        await AssertUntouchedAsync(stage);
    }

    [Fact]
    public async Task Endpoint_WhicheverItIs_LeadsStrangersToTheLoginPageAndBack()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var stranger = stage.Gateway.NewBrowser();

        foreach (var (method, path) in Endpoints(stage.Gateway))
        {
            using var answer = await AskAsync(stranger, method, path);
            using var script = await stranger.FetchAsync(path, method, method == HttpMethod.Post ? new FormUrlEncodedContent([]) : null);
            Assert.True(answer.Headers.Location?.OriginalString == $"/_gateway/login?returnUrl={Uri.EscapeDataString(path)}", $"{method} {path} leads to {answer.Headers.Location}");
            Assert.Equal(HttpStatusCode.Unauthorized, script.StatusCode);
        }

        await AssertUntouchedAsync(stage);
    }

    [Fact]
    [Requirement("A17")]
    public async Task Form_WhicheverItIs_NeedsItsTokenAndItsOrigin()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();

        foreach (var (_, path) in Endpoints(stage.Gateway).Where(endpoint => endpoint.Method == HttpMethod.Post))
        {
            using var foreign = browser.Navigation(HttpMethod.Post, path);
            foreign.Content = new FormUrlEncodedContent(Fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            foreign.Headers.Add("Origin", "https://evil.example");
            using var fromElsewhere = await browser.SendAsync(foreign);
            using var withoutToken = await browser.SubmitAsync(path, Fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            using var byScript = await browser.FetchAsync(path, HttpMethod.Post);
            Assert.Equal(HttpStatusCode.Forbidden, fromElsewhere.StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, byScript.StatusCode);
        }

        await AssertUntouchedAsync(stage);
    }

    [Fact]
    public async Task Role_ThatWasTakenAway_IsWorthNothingAtOnce_WhateverTheSessionRemembers()
    {
        // Nobody follows the changes meanwhile.
        await using var stage = await AdministrationVisits.StartAsync(clock: new TestClock());
        using var browser = await stage.LogInAsAdministratorAsync();
        using var before = await browser.GetAsync(AdministrationVisits.Page);

        await stage.Gateway.ChangeUserAsync(AdministrationVisits.Email, (accounts, user) => accounts.SetRolesAsync(user, ["reader"]));
        using var after = await browser.GetAsync(AdministrationVisits.Page);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, after.StatusCode);
        using var session = await browser.FetchAsync("/_gateway/session");
        Assert.Contains("gateway-admin", await session.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestoredSession_AdministersNothingBeforeThePasswordIsEntered()
    {
        var clock = new TestClock();
        await using var stage = await AdministrationVisits.StartAsync(clock: clock);
        using var browser = await stage.LogInAsAdministratorAsync(remember: true);
        clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        browser.Close();

        using var asked = await browser.GetAsync(AdministrationVisits.Ann);
        using var sent = await browser.DecideAsync("disable", Stage.UserId);
        using var page = await browser.GetAsync(asked.Headers.Location!.OriginalString);
        var form = await HtmlForm.ReadAsync(page, "input[name=password]");
        form.Fields["password"] = AdministrationVisits.Password;
        using var entered = await browser.SubmitAsync(form.Action, form.Fields);
        using var shown = await browser.GetAsync(entered.Headers.Location!.OriginalString);

        Assert.StartsWith("/_gateway/reauthenticate?", asked.Headers.Location.OriginalString, StringComparison.Ordinal);
        Assert.StartsWith("/_gateway/reauthenticate?", sent.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(AdministrationVisits.Ann, entered.Headers.Location.OriginalString);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        // Back at the address of the form, which was not sent.
        using var back = await browser.GetAsync($"{AdministrationVisits.Page}/user/disable?id={Stage.UserId}");
        back.AssertDone("nothing");
        await AssertUntouchedAsync(stage);
    }

    [Fact]
    public async Task Password_IsNeverAskedForAgain_WhereTheOperatorSaysSo()
    {
        var clock = new TestClock();
        await using var stage = await AdministrationVisits.StartAsync(configure: settings => settings.With("Gateway:Administration:ReauthenticateWithin", "00:00:00"), clock: clock);
        using var browser = await stage.LogInAsAdministratorAsync(remember: true);
        clock.Advance(TimeSpan.FromDays(3));

        using var page = await browser.GetAsync(AdministrationVisits.Page);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Pages_ThatAreTurnedOff_AreNotThere()
    {
        await using var stage = await AdministrationVisits.StartAsync(configure: settings => settings.With("Gateway:Administration:Enabled", "false"));
        using var browser = await stage.LogInAsAdministratorAsync();

        using var page = await browser.GetAsync(AdministrationVisits.Page);
        using var account = await browser.ReadAsync("/_gateway/account");

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Empty(account.QuerySelectorAll("nav a[href$='/admin']"));
    }

    [Fact]
    public async Task Account_OfAnAdministrator_LeadsThere_AndOfOthersNot()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var root = await stage.LogInAsAdministratorAsync();
        using var ann = await stage.LogInAsync();

        using var own = await root.ReadAsync("/_gateway/account");
        using var others = await ann.ReadAsync("/_gateway/account/password");

        Assert.Single(own.QuerySelectorAll($"nav a[href='{AdministrationVisits.Page}']"));
        Assert.Empty(others.QuerySelectorAll($"nav a[href='{AdministrationVisits.Page}']"));
    }

    // Such as would do something everywhere.
    private static readonly (string Name, string Value)[] Fields = [("email", "new@example.org"), ("roles", "gateway-admin"), ("browser", "0123456789abcdef")];

    private static Task<HttpResponseMessage> AskAsync(Browser browser, HttpMethod method, string path) => method == HttpMethod.Post
        ? browser.SendAsync(path[AdministrationVisits.Page.Length..], Fields)
        : browser.SendAsync(browser.Navigation(method, path));

    private static List<(HttpMethod Method, string Path)> Endpoints(TestGateway gateway)
    {
        var all = gateway.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(AdministrationVisits.Page, StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (new HttpMethod(method), $"{endpoint.RoutePattern.RawText!.TrimEnd('/')}?id={Stage.UserId}")))
            .ToList();
        Assert.True(all.Count >= 28, $"only {all.Count} endpoints were found");
        Assert.Contains(all, endpoint => endpoint.Item1 == HttpMethod.Post);
        return all;
    }

    private static async Task AssertUntouchedAsync(Stage stage)
    {
        await stage.Gateway.ChangeUserAsync(Stage.Email, async (accounts, user) =>
        {
            Assert.Equal(["reader"], await accounts.RolesOfAsync(user));
            Assert.False(user.Disabled || user.NeedsSecondFactor);
        });
        Assert.Equal(2, await stage.Gateway.InDatabaseAsync(async database => await Task.FromResult(database.Users.Count())));
        Assert.DoesNotContain(await stage.Gateway.AuditAsync(), what => what.Action.StartsWith("user.", StringComparison.Ordinal) || what.Action.StartsWith("audit.", StringComparison.Ordinal));
    }
}
