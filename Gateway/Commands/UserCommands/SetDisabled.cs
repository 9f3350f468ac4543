using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class SetDisabled
{
    public static Command Build(CommandContext context, string name, string description, bool disabled)
    {
        var email = UserArguments.Email();
        var json = JsonOutput.Option();
        var command = new Command(name, description) { email, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            await services.GetRequiredService<UserDecisions>().SetDisabledAsync(Decider.Operator, user, disabled, cancellationToken);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { user.Id, user.Email, Disabled = disabled });
            else
                Console.WriteLine($"{user.Email} is {(disabled ? "disabled" : "enabled")}");
        }));
        return command;
    }
}
