using System.CommandLine;
using Gateway.Audit;

namespace Gateway.Commands.AuditCommands;

/// <summary><c>audit list</c>: the last events, the newest at the end, where a terminal shows it.</summary>
internal static class ListAudit
{
    private const int Usual = 100;
    private const int Most = 10_000;

    public static Command Build(CommandContext context)
    {
        var options = new AuditOptions();
        var limit = new Option<int>("--limit") { Description = $"How many at most, up to {Most}; audit export has no limit", DefaultValueFactory = _ => Usual };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Most)
                result.AddError($"--limit is from 1 to {Most}");
        });
        var json = JsonOutput.Option();
        var command = new Command("list", "List the last events: number, time, action, who did it, to whom, where from, detail") { limit, json };
        foreach (var option in options.All)
            command.Add(option);
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var filter = await options.ReadAsync(parsed, services);
            var newest = await services.GetRequiredService<AuditQuery>().NewestAsync(filter, before: null, parsed.GetValue(limit), cancellationToken);
            foreach (var what in newest.Reverse())
                Console.WriteLine(parsed.GetValue(json) ? AuditJson.Line(what) : Line(what));
        }));
        return command;
    }

    private static string Line(AuditEvent what) => string.Join(
        '\t', what.Id, $"{what.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z", what.Action, what.Actor ?? "-", what.Subject ?? "-", what.Address ?? "-", what.Detail ?? "-");
}
