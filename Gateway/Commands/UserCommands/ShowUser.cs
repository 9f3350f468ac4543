using System.CommandLine;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class ShowUser
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var json = JsonOutput.Option();
        var command = new Command("show", "Show a user") { email, json };
        command.SetAction((parsed, _) => context.RunAsync(async services =>
        {
            var accounts = services.GetRequiredService<UserAccounts>();
            var user = await accounts.FindAsync(parsed.GetRequiredValue(email));
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(UserShape.Of(user, await accounts.RolesOfAsync(user)));
                return;
            }

            Console.WriteLine($"id:       {user.Id}");
            Console.WriteLine($"email:    {user.Email}");
            Console.WriteLine($"name:     {user.Name}");
            Console.WriteLine($"roles:    {string.Join(", ", await accounts.RolesOfAsync(user))}");
            Console.WriteLine($"state:    {(user.Disabled ? "disabled" : "enabled")}");
            Console.WriteLine($"password: {(user.PasswordHash is null ? "none" : "set")}");
            Console.WriteLine($"factor:   {(user.TwoFactorEnabled ? "on" : user.NeedsSecondFactor ? "to be set up at the next login" : "none")}");
            Console.WriteLine($"created:  {user.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC");
        }));
        return command;
    }
}
