using System.CommandLine;
using Gateway.Audit;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class SetPassword
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var piped = UserArguments.PasswordFromInput();
        var json = JsonOutput.Option();
        var command = new Command("set-password", "Set a new password and end all sessions; prints a generated one unless --password-stdin is given") { email, piped, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var accounts = services.GetRequiredService<UserAccounts>();
            var user = await accounts.FindAsync(parsed.GetRequiredValue(email));
            var password = parsed.GetValue(piped) ? await Passwords.ReadAsync(cancellationToken) : Passwords.Generate();
            await services.GetRequiredService<AuditedChange>().MakeAsync(
                async () =>
                {
                    await accounts.SetPasswordAsync(user, password);
                    return AuditEvent.ByOperator(AuditActions.UserPasswordSet, user.Id);
                },
                cancellationToken);
            await Promptly.ApplyAsync(services, user.Id, cancellationToken);
            await Passwords.WarnAsync(password, user.Email!, user.Name);
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new { user.Id, user.Email, Password = parsed.GetValue(piped) ? null : password });
                return;
            }

            Console.WriteLine($"The password of {user.Email} is set, and their sessions are ended");
            if (!parsed.GetValue(piped))
                Console.WriteLine($"Password: {password}");
        }));
        return command;
    }
}
