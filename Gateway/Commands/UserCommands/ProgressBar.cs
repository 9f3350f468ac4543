using Gateway.Users.Transfer;

namespace Gateway.Commands.UserCommands;

/// <summary>How far an import is, on one line of the terminal; nothing where the output goes elsewhere.</summary>
internal sealed class ProgressBar : IDisposable
{
    private const int Width = 40;

    private readonly bool isShown = !Console.IsErrorRedirected;
    private string shown = "";

    public void Show(ImportProgress progress)
    {
        if (!isShown || progress.Total == 0)
            return;
        var percent = (int)(100L * progress.Done / progress.Total);
        var text = $"{progress.Step,-8} [{new string('#', Width * percent / 100),-Width}] {percent,3} %";
        if (string.Equals(text, shown, StringComparison.Ordinal))
            return;
        shown = text;
        Console.Error.Write('\r' + text);
    }

    /// <summary>Gives the line back.</summary>
    public void Dispose()
    {
        if (shown.Length > 0)
            Console.Error.Write('\r' + new string(' ', shown.Length) + '\r');
        shown = "";
    }
}
