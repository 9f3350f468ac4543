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
        var command = new Command("list", "List the live sessions and remembered browsers of a user") { email };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            var known = await services.GetRequiredService<UserDirectory>().DescribeAsync(user, cancellationToken);
            foreach (var browser in await services.GetRequiredService<RememberedBrowsers>().ListAsync(known, cancellationToken))
                Console.WriteLine($"browser\t{Time(browser.CreatedAt)}\tuntil {Time(browser.ExpiresAt)}\t{browser.Address}\t{browser.UserAgent}");

            if (services.GetRequiredService<ISessionStore>() is InProcessSessionStore)
                await Console.Error.WriteLineAsync("Without ConnectionStrings:Redis the sessions live in the gateway's process, where this command can't see them.");
            foreach (var live in await services.GetRequiredService<ISessionStore>().ListAsync(user.Id, cancellationToken))
                Console.WriteLine($"session\t{Time(live.Session.StartedAt)}\tuntil {Time(live.IdleExpiresAt)}\t{(live.Session.Restored ? "restored" : "logged in")}\t{SessionLog.Short(live.Session.Key)}");
        }));
        return command;
    }

    private static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";
}
