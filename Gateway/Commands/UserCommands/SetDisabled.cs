using System.CommandLine;
using Gateway.Audit;
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
            await services.GetRequiredService<AuditedChange>().MakeAsync(
                async () =>
                {
                    await accounts.SetDisabledAsync(user, disabled);
                    return AuditEvent.ByOperator(disabled ? AuditActions.UserDisabled : AuditActions.UserEnabled, user.Id);
                },
                cancellationToken);
            await Promptly.ApplyAsync(services, user.Id, cancellationToken);
            Console.WriteLine($"{user.Email} is {(disabled ? "disabled" : "enabled")}");
        }));
        return command;
    }
}
