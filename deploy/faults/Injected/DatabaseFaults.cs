using Faults.Load;
using Faults.Servers;
using Microsoft.Data.Sqlite;

namespace Faults.Injected;

/// <summary>What happens to the file of the user database.</summary>
internal static class DatabaseFaults
{
    private static SqliteConnection? locking;

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("database-locked", Excuses.Unavailable, LockAsync, UnlockAsync) { Lasts = TimeSpan.FromSeconds(10) },
        new("database-read-only", Excuses.Unavailable, crowd => ChangeAsync(crowd, "+i"), crowd => ChangeAsync(crowd, "-i"))
        {
            IsCheap = false,
            FitsASoak = false,
            Obstacle = () => Environment.UserName == "root" ? null : "needs root, for chattr",
        },
        new("database-disk-full", Excuses.Unavailable, FillAsync, EmptyAsync)
        {
            Needs = new StageNeeds(SmallDisk: true),
            IsCheap = false,
            FitsASoak = false,
            Obstacle = () => Environment.UserName == "root" ? null : "needs root, for a file system of its own",
        },
    ];

    private static async Task LockAsync(Crowd crowd)
    {
        locking = new SqliteConnection($"Data Source={crowd.Stage.DatabaseFile};Pooling=false");
        await locking.OpenAsync();
        await ExecuteAsync("BEGIN EXCLUSIVE");
    }

    private static async Task UnlockAsync(Crowd crowd)
    {
        await ExecuteAsync("ROLLBACK");
        await locking!.DisposeAsync();
    }

    private static async Task ExecuteAsync(string text)
    {
        await using var command = locking!.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    // Holds for files that are open already, as on a disk that the kernel took out of service.
    private static async Task ChangeAsync(Crowd crowd, string attribute)
    {
        var files = Directory.GetFiles(crowd.Stage.DatabaseFolder, "gateway.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal));
        if (!await Child.RunAsync(crowd.Stage.Log, "chattr", [attribute, .. files]))
            throw new InvalidOperationException("The file system knows no immutable files");
    }

    private static async Task FillAsync(Crowd crowd)
    {
        try
        {
            await using var filler = new FileStream(Filler(crowd), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var bytes = new byte[4096];
            while (filler.Length < 1L << 30)
                await filler.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // Full.
            return;
        }

        throw new InvalidOperationException("The user database has no small file system of its own");
    }

    private static Task EmptyAsync(Crowd crowd)
    {
        File.Delete(Filler(crowd));
        return Task.CompletedTask;
    }

    private static string Filler(Crowd crowd) => Path.Combine(crowd.Stage.DatabaseFolder, "filler");
}
