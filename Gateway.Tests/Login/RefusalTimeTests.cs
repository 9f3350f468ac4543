using System.Diagnostics;
using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Login;

/// <summary>
/// No refusal comes before a password was hashed. How near to each other they are is measured by <c>deploy/bench/login-timing</c>,
/// on a machine that does nothing else.
/// </summary>
public sealed class RefusalTimeTests(SharedRedis redis)
{
    [Fact]
    [Requirement("A05")]
    public async Task Refusal_WhyeverItIs_TakesThePasswordHash()
    {
        await using var gateway = await TestGateway.StartAsync(
            new GatewaySettings().WithRedis(redis.NewKeys()).With("Gateway:Login:MaxFailures", "4"));
        foreach (var email in (string[])["wrong@example.org", "off@example.org", "shut@example.org"])
            await gateway.AddUserAsync(email, Stage.Password);
        await gateway.ChangeUserAsync("off@example.org", (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
        using var browser = gateway.NewBrowser();
        for (var attempt = 0; attempt < 4; attempt++)
            await RefuseAsync("shut@example.org", "wrong");
        var best = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

        for (var round = 0; round < 3 || (round < 25 && !AreAlike()); round++)
        {
            foreach (var (email, password) in ((string, string)[])
            [
                ("wrong@example.org", "wrong"), ("nobody@example.org", "wrong"), ("off@example.org", Stage.Password),
                ("shut@example.org", "wrong"), ("shut@example.org", Stage.Password),
            ])
            {
                var (key, time) = ($"{email}, {password}", await RefuseAsync(email, password));
                best[key] = best.TryGetValue(key, out var earlier) && earlier < time ? earlier : time;
            }
        }

        Assert.True(AreAlike(), string.Join("; ", best));

        // The best of several, of more on a busy machine: what else it does only adds. Without the hash it would be a twentieth.
        bool AreAlike() => best.Values.All(time => time > best["wrong@example.org, wrong"] / 2);

        async Task<TimeSpan> RefuseAsync(string email, string password)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await browser.LoginJsonAsync(email, password);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            return Stopwatch.GetElapsedTime(start);
        }
    }
}
