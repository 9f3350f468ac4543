using System.CommandLine;
using Gateway.Operations;

namespace Gateway.Commands;

/// <summary><c>config check</c>: reads the configuration, reaches Redis, the database and every destination, and prints each verdict.</summary>
internal static class ConfigCheck
{
    public const string Name = "check";

    public static Command Build(CommandContext context)
    {
        var command = new Command(Name, "Check the configuration, and reach everything that it names");
        var json = JsonOutput.Option();
        command.Add(json);
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, bool json, CancellationToken cancellationToken)
    {
        // Faults were told and have ended the program before it came here.
        await using var scope = context.Services!.CreateAsyncScope();
        Tell(new Verdict("the configuration", ConfigurationFile.Describe(scope.ServiceProvider), null), json);

        var allWell = true;
        await foreach (var verdict in ActivatorUtilities.CreateInstance<Reachability>(scope.ServiceProvider).CheckAsync(cancellationToken))
        {
            Tell(verdict, json);
            allWell &= verdict.Failure is null;
        }

        return allWell ? 0 : 1;
    }

    private static void Tell(Verdict verdict, bool json)
    {
        if (json)
            JsonOutput.Write(new { Ok = verdict.Failure is null, verdict.Key, verdict.Target, verdict.Failure });
        else
            Console.WriteLine($"{(verdict.Failure is null ? "ok" : "FAILED")}\t{verdict.Key}\t{verdict.Target}{(verdict.Failure is null ? "" : ": " + verdict.Failure)}");
    }
}
