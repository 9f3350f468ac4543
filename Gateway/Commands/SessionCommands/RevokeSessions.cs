using System.CommandLine;
using Gateway.Audit;
using Gateway.Commands.UserCommands;
using Gateway.RememberMe;
using Gateway.Users;

namespace Gateway.Commands.SessionCommands;

internal static class RevokeSessions
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var command = new Command("revoke", "End all sessions of a user and forget all of their browsers") { email };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var accounts = services.GetRequiredService<UserAccounts>();
            var user = await accounts.FindAsync(parsed.GetRequiredValue(email));
            await services.GetRequiredService<AuditedChange>().MakeAsync(
                async () =>
                {
                    await accounts.RevokeAsync(user);
                    var browsers = await services.GetRequiredService<RememberedBrowsers>().RemoveAllAsync(user.Id, cancellationToken);
                    return AuditEvent.ByOperator(AuditActions.SessionsRevoked, user.Id, ("browsers", browsers));
                },
                cancellationToken);
            await Promptly.ApplyAsync(services, user.Id, cancellationToken);
            Console.WriteLine($"The sessions of {user.Email} are ended, and their browsers forgotten");
        }));
        return command;
    }
}
