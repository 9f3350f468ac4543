using System.CommandLine;
using Gateway.Audit;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class RemoveUser
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var command = new Command("remove", "Remove a user and end all of their sessions") { email };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var accounts = services.GetRequiredService<UserAccounts>();
            var user = await accounts.FindAsync(parsed.GetRequiredValue(email));
            await services.GetRequiredService<AuditedChange>().MakeAsync(
                async () =>
                {
                    await accounts.RemoveAsync(user);
                    return AuditEvent.ByOperator(AuditActions.UserRemoved, user.Id, ("email", user.Email));
                },
                cancellationToken);
            await Promptly.ApplyAsync(services, user.Id, cancellationToken);
            Console.WriteLine($"Removed {user.Email}");
        }));
        return command;
    }
}
