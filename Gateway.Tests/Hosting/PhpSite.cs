using System.Diagnostics;

namespace Gateway.Tests.Hosting;

/// <summary>A legacy application in real PHP (the files in legacy/) on PHP's built-in server.</summary>
internal sealed class PhpSite : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly ChildProcess process;

    private PhpSite(int port)
    {
        Address = new Uri($"http://127.0.0.1:{port}");
        var pages = Path.Combine(AppContext.BaseDirectory, "Hosting", "legacy");
        process = ChildProcess.Start(new ProcessStartInfo(Executable.Require("php"),
        [
            "-d", $"session.save_path={folder.Path}", "-d", $"upload_tmp_dir={folder.Path}", "-S", $"127.0.0.1:{port}", "-t", pages,
        ]));
    }

    public Uri Address { get; }

    public static async Task<PhpSite> StartAsync()
    {
        var site = new PhpSite(LoopbackPort.Next());
        await Eventually.TrueAsync(async () => site.process.HasExited || await LoopbackPort.IsListeningAsync(site.Address.Port, TestContext.Current.CancellationToken));
        if (!site.process.HasExited)
            return site;
        var error = site.process.Error;
        await site.DisposeAsync();
        throw new InvalidOperationException($"PHP did not start: {error}");
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
