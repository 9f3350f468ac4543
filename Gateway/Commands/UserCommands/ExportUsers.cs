using System.CommandLine;
using Gateway.Users.Transfer;

namespace Gateway.Commands.UserCommands;

internal static class ExportUsers
{
    public static Command Build(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "JSON lines instead of CSV" };
        var command = new Command("export", "Print all users with their password hashes, in the form that import takes") { json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var users = await ActivatorUtilities.CreateInstance<UserExport>(services).RunAsync(cancellationToken);
            if (!parsed.GetValue(json))
            {
                UserCsv.Write(Console.Out, users);
                return;
            }

            foreach (var user in users)
                UserFile.WriteJson(Console.Out, user);
        }));
        return command;
    }
}
