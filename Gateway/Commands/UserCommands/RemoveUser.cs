using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class RemoveUser
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var json = JsonOutput.Option();
        var command = new Command("remove", "Remove a user and end all of their sessions") { email, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            await services.GetRequiredService<UserDecisions>().RemoveAsync(Decider.Operator, user, cancellationToken);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { user.Id, user.Email, Removed = true });
            else
                Console.WriteLine($"Removed {user.Email}");
        }));
        return command;
    }
}
