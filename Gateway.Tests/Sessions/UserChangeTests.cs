using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Users;

namespace Gateway.Tests.Sessions;

/// <summary>What an operator decides on one node holds on every other, and with sessions in the process as well.</summary>
public class UserChangeTests(SharedRedis redis)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    public static TheoryData<string, bool> Decisions
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var decision in (string[])["disable", "set-password", "remove", "revoke"])
            {
                data.Add(decision, true);
                data.Add(decision, false);
            }

            return data;
        }
    }

    [Theory]
    [Requirement("S08")]
    [MemberData(nameof(Decisions))]
    public async Task Decision_EndsTheSessionsOfTheUserOnEveryNode(string decision, bool inRedis)
    {
        await using var stage = await StartAsync(inRedis);
        await using var commandLine = await TestGateway.StartAsync(stage.Gateway.Settings);
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, "43");
        using var ann = await stage.LogInAsync();
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", Stage.Password);
        Assert.Equal(Stage.UserId, await ann.UserAtAsync());
        Assert.Equal("43", await bob.UserAtAsync());

        await commandLine.ChangeUserAsync(Stage.Email, (accounts, user) => DecideAsync(decision, accounts, user));

        await Eventually.TrueAsync(async () => await ann.UserAtAsync() is null, Promised);
        Assert.Equal("43", await bob.UserAtAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Roles_ThatChange_ShowInTheSessionsThereAre(bool inRedis)
    {
        await using var stage = await StartAsync(inRedis);
        await using var commandLine = await TestGateway.StartAsync(stage.Gateway.Settings);
        using var browser = await stage.LogInAsync();
        Assert.Equal("reader", await RolesAsync(browser));
        Assert.Equal(HttpStatusCode.Forbidden, await EditAsync(browser));

        await commandLine.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["editor", "reader"]));

        await Eventually.TrueAsync(async () => await RolesAsync(browser) == "editor,reader", Promised);
        Assert.Equal(HttpStatusCode.OK, await EditAsync(browser));

        await commandLine.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["reader"]));

        await Eventually.TrueAsync(async () => await EditAsync(browser) == HttpStatusCode.Forbidden, Promised);
    }

    [Fact]
    public async Task Decision_WhileRedisIsAway_HoldsForTheSessionsThatAreServedMeanwhile()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        await server.StopAsync();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));

        await Eventually.TrueAsync(async () => await StatusAsync(browser, "/page") == HttpStatusCode.ServiceUnavailable, Promised);
    }

    private Task<Stage> StartAsync(bool inRedis) =>
        Stage.StartAsync(inRedis ? redis.NewKeys() : null, settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));

    private static Task DecideAsync(string decision, UserAccounts accounts, GatewayUser user) => decision switch
    {
        "disable" => accounts.SetDisabledAsync(user, disabled: true),
        "set-password" => accounts.SetPasswordAsync(user, "a new pass phrase"),
        "remove" => accounts.RemoveAsync(user),
        _ => accounts.RevokeAsync(user),
    };

    private static async Task<string?> RolesAsync(Browser browser)
    {
        using var page = await browser.GetAsync("/page");
        return (await EchoedRequest.OfAsync(page)).Header("X-Roles");
    }

    private static Task<HttpStatusCode> EditAsync(Browser browser) => StatusAsync(browser, "/edit/page");

    private static async Task<HttpStatusCode> StatusAsync(Browser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode;
    }
}
