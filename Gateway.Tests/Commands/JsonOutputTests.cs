using System.Text.Json;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Commands;

/// <summary>What programs read from the commands: an object a line, in the shape that README gives.</summary>
public sealed class JsonOutputTests(SharedRedis redis)
{
    private const string Email = "ann@example.org";

    [Fact]
    public async Task Users_AreOneObjectALineInOneShape()
    {
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().DefaultsInAsync(folder);

        var added = await RunAsync(settings, null, "users", "add", Email, "--id", "42", "--name", "Änn", "--role", "editor", "--json");
        var piped = await RunAsync(settings, "a long pass phrase", "users", "add", "bob@example.org", "--id", "43", "--password-stdin", "--json");
        var listed = await RunAsync(settings, null, "users", "list", "--json");
        var shown = await RunAsync(settings, null, "users", "show", Email, "--json");
        var roles = await RunAsync(settings, null, "users", "roles", Email, "b", "a", "--json");
        var set = await RunAsync(settings, null, "users", "set-password", Email, "--json");
        var disabled = await RunAsync(settings, null, "users", "disable", Email, "--json");
        var enabled = await RunAsync(settings, null, "users", "enable", Email, "--json");
        var revoked = await RunAsync(settings, null, "sessions", "revoke", Email, "--json");
        var removed = await RunAsync(settings, null, "users", "remove", Email, "--json");

        Assert.Equal(["id", "email", "password"], Names(added[0]));
        Assert.Equal(24, added[0].GetProperty("password").GetString()!.Length);
        Assert.Equal(JsonValueKind.Null, piped[0].GetProperty("password").ValueKind);
        Assert.Equal(["42", "43"], listed.Select(user => user.GetProperty("id").GetString()));
        Assert.Equal(["id", "email", "name", "roles", "disabled", "hasPassword", "createdAt", "secondFactor", "secondFactorRequired"], Names(shown[0]));
        Assert.Equal(shown[0].GetRawText(), listed[0].GetRawText());
        Assert.Equal("""42 Änn ["editor"] False True False False""", string.Join(' ', shown[0].EnumerateObject().Where(field => field.Name is not ("email" or "createdAt")).Select(field => field.Value)));
        Assert.Equal("""["a","b"]""", roles[0].GetProperty("roles").GetRawText());
        Assert.Equal(["id", "email", "password"], Names(set[0]));
        Assert.Equal("""{"id":"42","email":"ann@example.org","disabled":true}""", disabled[0].GetRawText());
        Assert.Equal("""{"id":"42","email":"ann@example.org","disabled":false}""", enabled[0].GetRawText());
        Assert.Equal("""{"id":"42","email":"ann@example.org","browsers":0}""", revoked[0].GetRawText());
        Assert.Equal("""{"id":"42","email":"ann@example.org","removed":true}""", removed[0].GetRawText());
    }

    [Fact]
    public async Task SessionsAndVerdicts_AreOneObjectALine()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);

        var sessions = await RunAsync(stage.Gateway.Settings, null, "sessions", "list", Stage.Email, "--json");
        var verdicts = await RunAsync(stage.Gateway.Settings, null, "config", "check", "--json");

        Assert.Equal(["browser", "session"], sessions.Select(line => line.GetProperty("kind").GetString()));
        Assert.Equal(["kind", "since", "until", "address", "browser", "userAgent", "name"], Names(sessions[0]));
        Assert.Equal(["kind", "since", "until", "seen", "address", "browser", "restored", "name"], Names(sessions[1]));
        Assert.All(verdicts, verdict => Assert.Equal(["ok", "key", "target", "failure"], Names(verdict)));
        Assert.Contains(verdicts, verdict => verdict.GetProperty("key").GetString() == "ConnectionStrings:Redis" && verdict.GetProperty("ok").GetBoolean());
    }

    private static IEnumerable<string> Names(JsonElement line) => line.EnumerateObject().Select(field => field.Name);

    private static async Task<List<JsonElement>> RunAsync(GatewaySettings settings, string? input, params string[] command)
    {
        var result = await GatewayProcess.RunAsync(settings, input, command);
        Assert.Equal(0, result.ExitCode);
        return [.. result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }
}
