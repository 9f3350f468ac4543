using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class ResetFactor
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var json = JsonOutput.Option();
        var command = new Command("reset-factor", "Take away the second factor of a user who has lost it, and end all of their sessions") { email, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            await services.GetRequiredService<UserDecisions>().ResetFactorAsync(Decider.Operator, user, cancellationToken);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { user.Id, user.Email, SecondFactor = false, SecondFactorRequired = user.NeedsSecondFactor });
            else
                Console.WriteLine($"{user.Email} has no second factor any more");
        }));
        return command;
    }
}
