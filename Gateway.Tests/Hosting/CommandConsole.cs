using System.Text;
using Gateway.Commands;

namespace Gateway.Tests.Hosting;

/// <summary>The console of commands that run within the tests' own process: each of them has one, however many run at once.</summary>
internal sealed class CommandConsole : TextWriter
{
    private static readonly Lazy<(CommandConsole Out, CommandConsole Error)> Installed = new(Install);

    private readonly TextWriter everybodyElse;
    private readonly AsyncLocal<TextWriter?> own = new();

    private CommandConsole(TextWriter everybodyElse) => this.everybodyElse = everybodyElse;

    public override Encoding Encoding => everybodyElse.Encoding;

    private TextWriter Current => own.Value ?? everybodyElse;

    /// <summary>What an operator types beside a gateway, with the services of that gateway in place of those of a process.</summary>
    public static Task<CommandResult> RunAsync(IServiceProvider services, params string[] words) =>
        RunAsync(() => CommandLine.Parse(words).RunAsync(services));

    /// <summary>Whatever writes to a console, and ends with an exit code.</summary>
    public static async Task<CommandResult> RunAsync(Func<Task<int>> command)
    {
        var (normal, error) = (new StringWriter(), new StringWriter());
        // Log lines come from a thread of their own.
        (Installed.Value.Out.own.Value, Installed.Value.Error.own.Value) = (Synchronized(normal), Synchronized(error));
        return new CommandResult(await command(), normal.ToString(), error.ToString());
    }

    public override void Write(char value) => Current.Write(value);

    public override void Write(string? value) => Current.Write(value);

    public override void WriteLine(string? value) => Current.WriteLine(value);

    public override Task WriteAsync(string? value) => Current.WriteAsync(value);

    public override Task WriteLineAsync(string? value) => Current.WriteLineAsync(value);

    private static (CommandConsole Out, CommandConsole Error) Install()
    {
        var (normal, error) = (new CommandConsole(Console.Out), new CommandConsole(Console.Error));
        Console.SetOut(normal);
        Console.SetError(error);
        return (normal, error);
    }
}
