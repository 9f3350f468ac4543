using System.Collections.Concurrent;

namespace Gateway.Tests.Hosting;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly ConcurrentBag<IDisposable> more = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("gateway-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>What is of the same test, and elsewhere.</summary>
    public void Add(IDisposable thing) => more.Add(thing);

    public void Dispose()
    {
        // Once, although a test may end a gateway before its stage does.
        while (more.TryTake(out var thing))
            thing.Dispose();
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that is just ending may still write here; the operating system clears its temporary files.
        }
    }
}
