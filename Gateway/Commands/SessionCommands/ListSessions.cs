using System.CommandLine;
using Gateway.Account;
using Gateway.Audit;
using Gateway.Commands.UserCommands;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Commands.SessionCommands;

internal static class ListSessions
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var json = JsonOutput.Option();
        var command = new Command("list", "List the live sessions and remembered browsers of a user") { email, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            var known = await services.GetRequiredService<UserDirectory>().DescribeAsync(user, cancellationToken);
            var browsers = await services.GetRequiredService<RememberedBrowsers>().ListAsync(known, cancellationToken);
            foreach (var browser in browsers)
                Tell(browser, SignedInBrowser.HandleOf(browser.Id), parsed.GetValue(json));

            if (services.GetRequiredService<ISessionStore>() is InProcessSessionStore)
                await Console.Error.WriteLineAsync("Without ConnectionStrings:Redis the sessions live in the gateway's process, where this command can't see them.");
            var settings = services.GetRequiredService<SessionSettings>();
            foreach (var live in await services.GetRequiredService<ISessionStore>().ListAsync(user.Id, cancellationToken))
            {
                var browser = browsers.FirstOrDefault(browser => string.Equals(browser.Id, live.Session.Browser, StringComparison.Ordinal));
                Tell(live, live.LastSeen(settings.IdleTimeout), Place.Of(browser) ?? Place.Of(live.Session), parsed.GetValue(json));
            }
        }));
        return command;
    }

    private static void Tell(RememberedBrowser browser, string name, bool json)
    {
        var place = Place.Of(browser)!;
        if (json)
        {
            JsonOutput.Write(new
            {
                Kind = "browser",
                Since = browser.CreatedAt.UtcDateTime,
                Until = browser.ExpiresAt.UtcDateTime,
                place.Address,
                Browser = place.Agent,
                browser.UserAgent,
                Name = name,
            });
            return;
        }

        Console.WriteLine($"browser\t{Time(browser.CreatedAt)}\tuntil {Time(browser.ExpiresAt)}\t{place}\t{browser.UserAgent}\t{name}");
    }

    private static void Tell(LiveSession live, DateTimeOffset? seen, Place place, bool json)
    {
        var (session, name) = (live.Session, SessionLog.Short(live.Session.Key));
        if (json)
        {
            JsonOutput.Write(new
            {
                Kind = "session",
                Since = session.StartedAt.UtcDateTime,
                Until = live.IdleExpiresAt.UtcDateTime,
                Seen = seen?.UtcDateTime,
                place.Address,
                Browser = place.Agent,
                session.Restored,
                Name = name,
            });
            return;
        }

        var begun = session.Restored ? "restored" : "logged in";
        Console.WriteLine($"session\t{Time(session.StartedAt)}\tuntil {Time(live.IdleExpiresAt)}\t{begun}\t{place}\t{(seen is null ? "" : "seen " + Time(seen.Value))}\t{name}");
    }

    private static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";

    /// <summary>Where from and in which browser; in Redis, others may have written it, too.</summary>
    private sealed record Place(string? Address, string? Agent)
    {
        public static Place? Of(RememberedBrowser? browser) => browser is null ? null : new(browser.Address, AgentName.Of(browser.UserAgent)?.ToString());

        public static Place Of(Session session) => new(AuditText.Cut(session.Address, 64), AgentName.Of(session.Agent)?.ToString());

        public override string ToString() => $"{Address ?? "-"}\t{Agent ?? "-"}";
    }
}
