using System.Reflection;

namespace Gateway.Tests.Hosting;

/// <summary>A command of the gateway's program in the tests' own process, where it is compiled once: the same from its first line to its exit code.</summary>
internal static class ProgramRun
{
    private static readonly string[] OfAProcess = ["demo", "serve", "export"];

    private static readonly Func<string[], Task<int>> Main =
        typeof(Program).GetMethod("<Main>$", BindingFlags.NonPublic | BindingFlags.Static)!.CreateDelegate<Func<string[], Task<int>>>();

    /// <summary>Not what listens, writes bytes to its standard output, or is told by the environment.</summary>
    public static bool CanHere(GatewaySettings settings, string[] arguments) =>
        arguments is [var first, ..] && !first.StartsWith('-') && !arguments.Any(OfAProcess.Contains)
        && settings.Values.Keys.All(key => key.Contains(':', StringComparison.Ordinal));

    public static Task<CommandResult> HereAsync(GatewaySettings settings, TempFolder place, string[] arguments)
    {
        string[] words =
        [
            $"--contentRoot={place.Path}",
            .. settings.Values.Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}"),
            .. arguments,
        ];
        // Not in the context of the test runner, which counts what runs at once.
        return CommandConsole.RunAsync(() => Task.Run(() => Main(words)));
    }
}
