using System.CommandLine;

namespace Gateway.Commands;

/// <summary>
/// What was typed: configuration (<c>--Gateway:Session:IdleTimeout=00:10:00</c>, <c>--urls …</c>), which any command takes, and the
/// command itself.
/// </summary>
internal sealed class CommandLine
{
    private static readonly string[] HostKeys = ["--urls", "--environment", "--contentRoot", "--applicationName"];

    private readonly ParseResult command;
    private readonly CommandContext context;

    private CommandLine(string[] configuration, ParseResult command, CommandContext context) =>
        (Configuration, this.command, this.context) = (configuration, command, context);

    public string[] Configuration { get; }

    public bool IsDemo => string.Equals(command.CommandResult.Command.Name, CommandTree.Demo, StringComparison.Ordinal);

    /// <summary>The gateway itself is wanted, and not one of its tools.</summary>
    public bool Serves => IsDemo || command.CommandResult.Command is RootCommand or { Name: CommandTree.Serve };

    /// <summary>The routes must be right, too, for whoever forwards and whoever checks.</summary>
    public bool NeedsRoutes => Serves || string.Equals(command.CommandResult.Command.Name, ConfigCheck.Name, StringComparison.Ordinal);

    /// <summary>Help, the version, or wrong usage: to be answered without a configuration.</summary>
    public bool NeedsNoServices => command.Errors.Count > 0 || !ReferenceEquals(command.Action, command.CommandResult.Command.Action);

    public static CommandLine Parse(string[] args)
    {
        var commands = new CommandContext();
        var (configuration, words) = Split(args);
        return new CommandLine(configuration, CommandTree.Build(commands).Parse(words), commands);
    }

    /// <summary>Exit code 2 for wrong usage.</summary>
    public async Task<int> AnswerAsync()
    {
        if (command.Errors.Count == 0)
            return await command.InvokeAsync();
        foreach (var error in command.Errors)
            await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync("Try --help.");
        return 2;
    }

    /// <summary>Runs the command with the services of the gateway; exit code 1 for a refusal.</summary>
    public Task<int> RunAsync(IServiceProvider services)
    {
        context.Services = services;
        return command.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static (string[] Configuration, string[] Words) Split(string[] args)
    {
        var configuration = new List<string>();
        var words = new List<string>();
        for (var index = 0; index < args.Length; index++)
        {
            if (!IsConfiguration(args[index], isCommand: words.Count > 0))
            {
                words.Add(args[index]);
                continue;
            }

            configuration.Add(args[index]);
            if (!args[index].Contains('=', StringComparison.Ordinal) && index + 1 < args.Length && !args[index + 1].StartsWith("--", StringComparison.Ordinal))
                configuration.Add(args[++index]);
        }

        return ([.. configuration], [.. words]);
    }

    // Behind a command only what can't be an option of it: a key with a colon, or a key of the host.
    private static bool IsConfiguration(string argument, bool isCommand)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal) || argument is "--" or "--help" or "--version")
            return false;
        var key = argument.Split('=')[0];
        return !isCommand || key.Contains(':', StringComparison.Ordinal) || HostKeys.Contains(key, StringComparer.OrdinalIgnoreCase);
    }
}
