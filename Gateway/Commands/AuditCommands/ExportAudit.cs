using System.CommandLine;
using Gateway.Audit;

namespace Gateway.Commands.AuditCommands;

/// <summary><c>audit export</c>: all events, the oldest first, as JSON lines.</summary>
internal static class ExportAudit
{
    public static Command Build(CommandContext context)
    {
        var options = new AuditOptions();
        var command = new Command("export", "Print all events as JSON lines, the oldest first");
        foreach (var option in options.All)
            command.Add(option);
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var filter = await options.ReadAsync(parsed, services);
            // Not by the console's own writer, which sends every line on its way by itself.
            await using var lines = new StreamWriter(Console.OpenStandardOutput());
            await foreach (var what in services.GetRequiredService<AuditQuery>().AllAsync(filter, cancellationToken))
                await lines.WriteLineAsync(AuditJson.Line(what));
        }));
        return command;
    }
}
