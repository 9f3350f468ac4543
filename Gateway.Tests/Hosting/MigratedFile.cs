using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Hosting;

/// <summary>A SQLite file with the tables of a user database and nobody in it: migrated once in a run, and copied.</summary>
internal static class MigratedFile
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    public static async Task<string> NewAsync(TempFolder folder)
    {
        var file = folder.File("gateway.db");
        await File.WriteAllBytesAsync(file, await Migrated.Value, TestContext.Current.CancellationToken);
        return $"Data Source={file}";
    }

    private static async Task<byte[]> MigrateAsync()
    {
        using var folder = new TempFolder();
        var options = new DbContextOptionsBuilder<UserDatabase>().UseSqlite($"Data Source={folder.File("gateway.db")};Pooling=false");
        await using (var database = new UserDatabase(options.Options, TimeProvider.System))
            await database.Database.MigrateAsync(CancellationToken.None);
        return await File.ReadAllBytesAsync(folder.File("gateway.db"), CancellationToken.None);
    }
}
