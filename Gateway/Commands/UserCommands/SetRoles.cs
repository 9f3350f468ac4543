using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class SetRoles
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var roles = new Argument<string[]>("ROLE") { Description = "The roles the user is to have from now on", Arity = ArgumentArity.ZeroOrMore };
        var none = new Option<bool>("--none") { Description = "Take all roles away" };
        var json = JsonOutput.Option();
        var command = new Command("roles", "Show a user's roles, or set them") { email, roles, none, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var accounts = services.GetRequiredService<UserAccounts>();
            var user = await accounts.FindAsync(parsed.GetRequiredValue(email));
            var wanted = parsed.GetValue(roles) ?? [];
            if (wanted.Length > 0 && parsed.GetValue(none))
                throw new UserRefusedException("--none and roles exclude each other");
            if (wanted.Length > 0 || parsed.GetValue(none))
                await services.GetRequiredService<UserDecisions>().SetRolesAsync(Decider.Operator, user, wanted, cancellationToken);

            var held = await accounts.RolesOfAsync(user);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { user.Id, user.Email, Roles = held });
            else
                Console.Write(string.Concat(held.Select(role => role + Environment.NewLine)));
        }));
        return command;
    }
}
