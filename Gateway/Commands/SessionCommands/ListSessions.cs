using System.CommandLine;
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
            foreach (var browser in await services.GetRequiredService<RememberedBrowsers>().ListAsync(known, cancellationToken))
                Tell(browser, parsed.GetValue(json));

            if (services.GetRequiredService<ISessionStore>() is InProcessSessionStore)
                await Console.Error.WriteLineAsync("Without ConnectionStrings:Redis the sessions live in the gateway's process, where this command can't see them.");
            foreach (var live in await services.GetRequiredService<ISessionStore>().ListAsync(user.Id, cancellationToken))
                Tell(live, parsed.GetValue(json));
        }));
        return command;
    }

    private static void Tell(RememberedBrowser browser, bool json)
    {
        if (json)
            JsonOutput.Write(new { Kind = "browser", Since = browser.CreatedAt.UtcDateTime, Until = browser.ExpiresAt.UtcDateTime, browser.Address, browser.UserAgent });
        else
            Console.WriteLine($"browser\t{Time(browser.CreatedAt)}\tuntil {Time(browser.ExpiresAt)}\t{browser.Address}\t{browser.UserAgent}");
    }

    private static void Tell(LiveSession live, bool json)
    {
        var name = SessionLog.Short(live.Session.Key);
        if (json)
            JsonOutput.Write(new { Kind = "session", Since = live.Session.StartedAt.UtcDateTime, Until = live.IdleExpiresAt.UtcDateTime, live.Session.Restored, Name = name });
        else
            Console.WriteLine($"session\t{Time(live.Session.StartedAt)}\tuntil {Time(live.IdleExpiresAt)}\t{(live.Session.Restored ? "restored" : "logged in")}\t{name}");
    }

    private static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";
}
