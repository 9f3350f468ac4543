using System.CommandLine;
using Gateway.Users;
using Gateway.Users.Transfer;

namespace Gateway.Commands.UserCommands;

internal static class ImportUsers
{
    public static Command Build(CommandContext context)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV with a header row of id,email,name,roles,hash and optionally salt,format in any order, or JSON lines; in UTF-8" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Change nothing; tell what would be done, and how many hashes there are of which format" };
        var passwords = new Option<bool>("--passwords") { Description = "Set the passwords of users who have one here already, too" };
        var json = JsonOutput.Option();
        var command = new Command("import", ImportHelp.Text) { file, dryRun, passwords, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var options = new ImportOptions(parsed.GetValue(dryRun), parsed.GetValue(passwords));
            var outcome = await ImportAsync(services, Read(parsed.GetRequiredValue(file)), options, cancellationToken);
            if (parsed.GetValue(json))
                JsonOutput.Write(outcome);
            else
                Console.Write(Summary(outcome));
            if (outcome.Refused > 0)
                throw new UserRefusedException(Refusal(outcome));
        }));
        return command;
    }

    private static async Task<ImportOutcome> ImportAsync(IServiceProvider services, List<UserLine> lines, ImportOptions options, CancellationToken cancellationToken)
    {
        using var bar = new ProgressBar();
        return await ActivatorUtilities.CreateInstance<UserImport>(services).RunAsync(lines, options, bar.Show, cancellationToken);
    }

    private static List<UserLine> Read(FileInfo file)
    {
        try
        {
            using var reader = file.OpenText();
            return [.. UserFile.Read(reader)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserRefusedException(exception.Message);
        }
    }

    private static string Summary(ImportOutcome outcome)
    {
        if (outcome is { DryRun: false, Refused: > 0 })
            return "";
        var lines = new List<string>
        {
            outcome.DryRun
                ? $"Would add {outcome.Added} users, update {outcome.Updated}, leave {outcome.Unchanged} unchanged; {outcome.Refused} lines are refused"
                : $"Added {outcome.Added} users, updated {outcome.Updated}, unchanged {outcome.Unchanged}",
        };
        if (outcome.DryRun)
            lines.AddRange(outcome.Formats.Select(format => $"  {format.Key,-36}{format.Value,10}"));
        return string.Concat(lines.Select(line => line + Environment.NewLine));
    }

    private static string Refusal(ImportOutcome outcome)
    {
        var lines = outcome.Faults.Select(fault => fault.ToString()).ToList();
        if (outcome.Refused > lines.Count)
            lines.Add($"and {outcome.Refused - lines.Count} more");
        return string.Join(Environment.NewLine, lines.Append("Nothing was imported."));
    }
}
