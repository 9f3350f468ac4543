using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Login.Throttle;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class UnlockUser
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var json = JsonOutput.Option();
        var command = new Command("unlock", "Let a user log in whose account failed logins have locked") { email, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            if (services.GetRequiredService<IAttemptCounter>() is InProcessAttemptCounter)
            {
                throw new UserRefusedException(
                    $"Without {RedisConnection.Key} failed logins are counted in the gateway's process, where this command can't reach them. An administrator can unlock {user.Email} in the browser.");
            }

            await services.GetRequiredService<Unlocking>().UnlockAsync(Decider.Operator, user, cancellationToken);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { user.Id, user.Email, Locked = false });
            else
                Console.WriteLine($"{user.Email} is unlocked");
        }));
        return command;
    }
}
