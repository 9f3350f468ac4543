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
        command.SetAction((_, cancellationToken) => RunAsync(context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        // Faults were told and have ended the program before it came here.
        await using var scope = context.Services!.CreateAsyncScope();
        Console.WriteLine($"ok\tthe configuration\t{ConfigurationFile.Describe(scope.ServiceProvider)}");

        var allWell = true;
        await foreach (var verdict in ActivatorUtilities.CreateInstance<Reachability>(scope.ServiceProvider).CheckAsync(cancellationToken))
        {
            Console.WriteLine($"{(verdict.Failure is null ? "ok" : "FAILED")}\t{verdict.Key}\t{verdict.Target}{(verdict.Failure is null ? "" : ": " + verdict.Failure)}");
            allWell &= verdict.Failure is null;
        }

        return allWell ? 0 : 1;
    }
}
