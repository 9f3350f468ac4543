using System.CommandLine;
using Gateway.Users;
using Gateway.Users.Transfer;

namespace Gateway.Commands.UserCommands;

internal static class ImportUsers
{
    public static Command Build(CommandContext context)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV with a header row of id,email,name,roles,hash in any order, or JSON lines" };
        var command = new Command("import", "Add and update users from a file; all of them, or none when a line has a fault") { file };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var outcome = await ActivatorUtilities.CreateInstance<UserImport>(services).RunAsync(Read(parsed.GetRequiredValue(file)), cancellationToken);
            if (outcome.Faults.Count > 0)
                throw new UserRefusedException(string.Join(Environment.NewLine, outcome.Faults.Append("Nothing was imported.")));
            Console.WriteLine($"Added {outcome.Added} users, updated {outcome.Updated}");
        }));
        return command;
    }

    private static List<UserLine> Read(FileInfo file)
    {
        try
        {
            using var reader = file.OpenText();
            return [.. UserFile.Read(reader)];
        }
        catch (IOException exception)
        {
            throw new UserRefusedException(exception.Message);
        }
    }
}
