using System.CommandLine;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class SetDisabled
{
    public static Command Build(CommandContext context, string name, string description, bool disabled)
    {
        var email = UserArguments.Email();
        var command = new Command(name, description) { email };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var accounts = services.GetRequiredService<UserAccounts>();
            var user = await accounts.FindAsync(parsed.GetRequiredValue(email));
            await accounts.SetDisabledAsync(user, disabled);
            await Promptly.ApplyAsync(services, user.Id, cancellationToken);
            Console.WriteLine($"{user.Email} is {(disabled ? "disabled" : "enabled")}");
        }));
        return command;
    }
}
