using System.CommandLine;
using Gateway.Operations;

namespace Gateway.Commands;

/// <summary><c>config check</c>: reads the configuration, reaches Redis, the database and every destination, and prints each verdict.</summary>
internal static class ConfigCheck
{
    public static Command Build(CommandContext context)
    {
        var command = new Command("check", "Check the configuration, and reach everything that it names");
        command.SetAction((_, cancellationToken) => RunAsync(context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var scope = context.Services!.CreateAsyncScope();
        var faults = await scope.ServiceProvider.FindConfigurationFaultsAsync(routesToo: true);
        if (faults.Count > 0)
            return faults.Report();
        Console.WriteLine("ok\tthe configuration");

        var allWell = true;
        await foreach (var verdict in ActivatorUtilities.CreateInstance<Reachability>(scope.ServiceProvider).CheckAsync(cancellationToken))
        {
            Console.WriteLine($"{(verdict.Failure is null ? "ok" : "FAILED")}\t{verdict.Key}\t{verdict.Target}{(verdict.Failure is null ? "" : ": " + verdict.Failure)}");
            allWell &= verdict.Failure is null;
        }

        return allWell ? 0 : 1;
    }
}
