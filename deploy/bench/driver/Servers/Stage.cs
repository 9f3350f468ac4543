using Gateway.Tests.Hosting;

namespace Bench.Servers;

/// <summary>What is there once for all: a temporary folder, the site and Redis.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly TempFolder folder = new();

    public Stage()
    {
        Site = new Site(folder.Path);
        Redis = new Redis(folder.Path);
    }

    public string Folder => folder.Path;

    public Site Site { get; }

    public Redis Redis { get; }

    public async Task StartAsync()
    {
        await Site.StartAsync();
        await Redis.StartAsync();
    }

    /// <summary>A folder for one of the rows.</summary>
    public string FolderOf(string name) => Directory.CreateDirectory(folder.File(name)).FullName;

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Redis.DisposeAsync();
        folder.Dispose();
    }
}
