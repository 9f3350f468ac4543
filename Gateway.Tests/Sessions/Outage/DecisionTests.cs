using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Tests.Sessions.Live;
using Gateway.Users;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>What an operator decides while Redis can't be told.</summary>
public sealed class DecisionTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    // Nothing can be ended in such a Redis, and it goes on telling of what is over.
    [Theory]
    [Requirement("S08", "S09")]
    [InlineData("replica", "disable")]
    [InlineData("disk", "disable")]
    [InlineData("rights", "set-password")]
    [InlineData("without replicas", "remove")]
    public async Task AUserWhoMayNotComeIn_IsOutOnEveryNodeWithinTenSeconds(string fault, string decision)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, "43");
        using var browser = await stage.LogInKnownAsync(remember: true);
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", Stage.Password);
        using var socket = await OpenStream.SocketAsync(browser);
        await server.RefuseWritesAsync(fault);
        await elsewhere.AssertServedAsync();

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => DecideAsync(decision, accounts, user));

        await Eventually.TrueAsync(async () => await browser.UserAtAsync() is null, Promised);
        await Eventually.TrueAsync(async () => await elsewhere.UserAtAsync() is null, Promised);
        await socket.Ended.WaitAsync(Promised, TestContext.Current.CancellationToken);
        Assert.Equal("43", await bob.UserAtAsync());
        await server.TakeWritesAsync(fault);
        await Eventually.TrueAsync(async () => await server.Keys().CountAsync("session:*") == 1, Promised);
        Assert.Null(await browser.UserAtAsync());
    }

    [Theory]
    [InlineData("replica")]
    [InlineData("memory")]
    public async Task ARoleThatIsLost_OpensNothingWithinTenSeconds(string fault)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["editor"]));
        using var browser = await stage.LogInKnownAsync();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync("/edit/page"));
        await server.RefuseWritesAsync(fault);

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["reader"]));

        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await browser.GetAsync("/edit/page");
                return answer.StatusCode == HttpStatusCode.Forbidden;
            },
            Promised);
        await browser.AssertServedAsync();
    }

    // Recognized without a session, of which no store could tell.
    [Theory]
    [Requirement("P07")]
    [InlineData("disable")]
    [InlineData("revoke")]
    [InlineData("log out")]
    public async Task ASocketOpenedWithoutASession_EndsWithWhatOpenedIt(string decision)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, "43");
        using var browser = await stage.LogInAsync(remember: true);
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", Stage.Password, remember: true);
        await server.StopAsync();
        browser.Close();
        bob.Close();
        using var socket = await OpenStream.SocketAsync(browser);
        using var events = await OpenStream.EventsAsync(browser, stage.Site);
        using var bystander = await OpenStream.SocketAsync(bob);

        await DecideAsync(decision, stage, browser);

        await socket.Ended.WaitAsync(Promised, TestContext.Current.CancellationToken);
        await events.Ended.WaitAsync(Promised, TestContext.Current.CancellationToken);
        Assert.Equal("still here", await bystander.EchoAsync("still here"));
    }

    private static async Task DecideAsync(string decision, Stage stage, Browser browser)
    {
        if (decision == "log out")
            (await browser.LogoutAsync()).Dispose();
        else
            await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => DecideAsync(decision, accounts, user));
    }

    private static Task DecideAsync(string decision, UserAccounts accounts, GatewayUser user) => decision switch
    {
        "disable" => accounts.SetDisabledAsync(user, disabled: true),
        "remove" => accounts.RemoveAsync(user),
        "revoke" => accounts.RevokeAsync(user),
        _ => accounts.SetPasswordAsync(user, "a new pass phrase"),
    };
}
