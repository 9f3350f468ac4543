using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Users;
using Gateway.Users.Passwords;

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
            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            var password = parsed.GetValue(piped) ? await Passwords.ReadAsync(cancellationToken) : GeneratedPassword.New();
            await services.GetRequiredService<UserDecisions>().SetPasswordAsync(Decider.Operator, user, password, cancellationToken);
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
