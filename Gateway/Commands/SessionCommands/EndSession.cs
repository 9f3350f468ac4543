using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Commands.UserCommands;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Commands.SessionCommands;

internal static class EndSession
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var name = new Argument<string>("NAME") { Description = "Of a session or a remembered browser, as sessions list shows it" };
        var json = JsonOutput.Option();
        var command = new Command("end", "End one session of a user, or forget one of their browsers and end its sessions") { email, name, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            if (services.GetRequiredService<ISessionStore>() is InProcessSessionStore)
            {
                throw new UserRefusedException(
                    $"Without {RedisConnection.Key} the sessions live in the gateway's process, where this command can't end a single one. sessions revoke ends all of a user's.");
            }

            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            var kind = await EndAsync(services, user, parsed.GetRequiredValue(name), cancellationToken);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { user.Id, user.Email, Kind = kind, Name = parsed.GetRequiredValue(name) });
            else
                Console.WriteLine(kind == "browser" ? "The browser is forgotten, and its sessions are ended" : "The session is ended");
        }));
        return command;
    }

    private static async Task<string> EndAsync(IServiceProvider services, GatewayUser user, string name, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<RedisConnection>().TryConnectAsync();
        var known = await services.GetRequiredService<UserDirectory>().DescribeAsync(user, cancellationToken);
        var decisions = services.GetRequiredService<SessionDecisions>();
        if (await decisions.EndAsync(Decider.Operator, known, name, cancellationToken) is not null)
            return "browser";
        if (await decisions.EndSessionAsync(Decider.Operator, known, name, cancellationToken) is not { } session)
            throw new UserRefusedException($"{user.Email} has no session or browser {name}");
        if (session.Browser is not null)
            await Console.Error.WriteLineAsync("Its browser is remembered, and begins another session at its next request. To end that, end the browser.");
        return "session";
    }
}
