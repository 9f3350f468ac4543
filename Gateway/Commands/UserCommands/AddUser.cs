using System.CommandLine;
using Gateway.Audit;
using Gateway.Users;

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
            var password = parsed.GetValue(piped) ? await Passwords.ReadAsync(cancellationToken) : Passwords.Generate();
            var wanted = new NewUser(
                EmailAddress.Trim(parsed.GetRequiredValue(email)), parsed.GetValue(id), parsed.GetValue(name), parsed.GetValue(roles) ?? [], password);
            var user = await AddAsync(services, wanted, cancellationToken);
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

    public static async Task<GatewayUser> AddAsync(IServiceProvider services, NewUser wanted, CancellationToken cancellationToken)
    {
        GatewayUser user = null!;
        await services.GetRequiredService<AuditedChange>().MakeAsync(
            async () =>
            {
                user = await services.GetRequiredService<UserAccounts>().AddAsync(wanted, cancellationToken);
                return AuditEvent.ByOperator(
                    AuditActions.UserAdded, user.Id, ("email", user.Email), ("roles", AuditDetail.List(wanted.Roles)));
            },
            cancellationToken);
        return user;
    }
}
