using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class RequireFactor
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var off = new Option<bool>("--off") { Description = "No longer" };
        var json = JsonOutput.Option();
        var command = new Command("require-factor", "Have a user set up a second factor at the next login; ends their sessions unless they have one") { email, off, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var user = await services.GetRequiredService<UserAccounts>().FindAsync(parsed.GetRequiredValue(email));
            var required = !parsed.GetValue(off);
            await services.GetRequiredService<UserDecisions>().RequireFactorAsync(Decider.Operator, user, required, cancellationToken);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { user.Id, user.Email, SecondFactor = user.TwoFactorEnabled, SecondFactorRequired = required });
            else
                Console.WriteLine($"{user.Email} {(required ? "must" : "need not")} have a second factor");
        }));
        return command;
    }
}
