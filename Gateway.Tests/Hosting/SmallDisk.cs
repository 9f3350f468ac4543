using System.Diagnostics;

namespace Gateway.Tests.Hosting;

/// <summary>A file system of a test's own that can be filled; only root may mount one, and not in every container.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<bool> Mountable = new(() =>
    {
        using var folder = new TempFolder();
        return Run("mount", Mount(folder.Path)) && Run("umount", [folder.Path]);
    });

    private readonly TempFolder place = new();

    private SmallDisk()
    {
    }

    public static bool IsPossible => Mountable.Value;

    public string File(string name) => place.File(name);

    public static SmallDisk New()
    {
        var disk = new SmallDisk();
        return Run("mount", Mount(disk.place.Path)) ? disk : throw new InvalidOperationException("No file system could be mounted");
    }

    /// <summary>Until not one byte more goes onto it.</summary>
    public async Task FillAsync()
    {
        try
        {
            await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (var bytes = new byte[4096]; ;)
                await filler.WriteAsync(bytes, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public Task ClearAsync()
    {
        System.IO.File.Delete(Filler);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // Gone from here at once, and altogether when the last file on it is closed.
        Run("umount", ["--lazy", place.Path]);
        place.Dispose();
    }

    private string Filler => place.File("filler");

    private static string[] Mount(string folder) => ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder];

    private static bool Run(string program, string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || Executable.Find(program) is not { } path)
            return false;
        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
