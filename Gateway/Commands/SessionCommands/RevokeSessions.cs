using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Commands.UserCommands;
using Gateway.Users;

namespace Gateway.Commands.SessionCommands;

internal static class RevokeSessions
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var json = JsonOutput.Option();
        var command = new Command("revoke", "End all sessions of a user and forget all of their browsers") { email, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            var forgotten = await services.GetRequiredService<UserDecisions>().RevokeAsync(Decider.Operator, user, cancellationToken);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { user.Id, user.Email, Browsers = forgotten });
            else
                Console.WriteLine($"The sessions of {user.Email} are ended, and their browsers forgotten");
        }));
        return command;
    }
}
