using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

/// <summary>What somebody else wrote into Redis is no session, and no reason to fail.</summary>
public sealed class HostileRecordTests(SharedRedis redis)
{
    public static TheoryData<string> Records =>
    [
        "", "not json", "null", "[]", "{}", "42", "{\"key\":", Deep,
        "userId=null", "userId=42", "userId=\"\"", "userId=\"42\\r\\nX-Roles: admin\"", "userId=[\"42\"]",
        "email=null", "roles=null", "roles=\"admin\"", "roles=[null]", "s=null", "k=null", "k=\"other\"",
        "to=null", "to=\"tomorrow\"", "to=9223372036854775807", "at=-62135596801", "r=\"yes\"", "b=7", "name={}", Huge,
    ];

    private static string Deep => new('[', 10_000);

    private static string Huge => $"name=\"{new string('x', 1_000_000)}\"";

    [Theory]
    [MemberData(nameof(Records), DisableDiscoveryEnumeration = true)]
    public async Task ARecordOfSomebodyElses_IsNoSession(string record)
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync();
        using var remembered = await stage.LogInAsync(remember: true);
        foreach (var name in await keys.ListAsync("session:*"))
            await keys.SetAsync(name, Altered((await keys.GetAsync(name))!, record), TimeSpan.FromMinutes(5));
        var received = browser.Cookies.Received.Count;

        for (var request = 0; request < 3; request++)
        {
            Assert.Null(await browser.UserAtAsync());
            using var session = await browser.FetchAsync("/_gateway/session");
            Assert.Equal(HttpStatusCode.Unauthorized, session.StatusCode);
        }

        Assert.Single(stage.Gateway.Logs.Of("RecordRefused"));
        Assert.Empty(stage.Gateway.Logs.Of("RedisAway"));
        Assert.Equal(received, browser.Cookies.Received.Count);
        Assert.Equal(Stage.UserId, await remembered.UserAtAsync());
        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Empty(stage.Gateway.Logs.Of("RequestFailed"));
    }

    // A field of the real record with another value, or another record altogether.
    private static string Altered(string record, string how)
    {
        if (how.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at))
            return how;
        var json = JsonNode.Parse(record)!;
        json[how[..at]] = JsonNode.Parse(how[(at + 1)..]);
        return json.ToJsonString();
    }
}
