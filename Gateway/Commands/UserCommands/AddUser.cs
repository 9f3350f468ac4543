using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Users;
using Gateway.Users.Passwords;

namespace Gateway.Commands.UserCommands;

internal static class AddUser
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var id = new Option<string?>("--id") { Description = "The id that applications read; generated when absent" };
        var name = new Option<string?>("--name") { Description = "The name shown to people" };
        var roles = new Option<string[]>("--role") { Description = "A role; can be repeated" };
        var piped = UserArguments.PasswordFromInput();
        var json = JsonOutput.Option();
        var command = new Command("add", "Add a user; prints a generated password unless --password-stdin is given") { email, id, name, roles, piped, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var password = parsed.GetValue(piped) ? await Passwords.ReadAsync(cancellationToken) : GeneratedPassword.New();
            var wanted = new NewUser(
                EmailAddress.Trim(parsed.GetRequiredValue(email)), parsed.GetValue(id), parsed.GetValue(name), parsed.GetValue(roles) ?? [], password);
            var user = await services.GetRequiredService<UserDecisions>().AddAsync(Decider.Operator, wanted, cancellationToken);
            await Passwords.WarnAsync(password, wanted.Email, wanted.Name);
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new { user.Id, user.Email, Password = parsed.GetValue(piped) ? null : password });
                return;
            }

            Console.WriteLine($"Added {user.Email} with id {user.Id}");
            if (!parsed.GetValue(piped))
                Console.WriteLine($"Password: {password}");
        }));
        return command;
    }
}
