using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Gateway.Tests.Hosting;

/// <summary>How to start a Redis here: redis-server, or on a machine without it the garnet-server of the tool manifest.</summary>
internal static class RedisCommand
{
    private static readonly Lazy<Task<string>> Garnet = new(FindGarnetAsync);

    /// <summary>Whether it is Redis itself, with all its settings.</summary>
    public static bool IsRedis => Executable.Find("redis-server") is not null;

    public static Task<ProcessStartInfo> AtAsync(int port, TempFolder folder, params string[] options)
    {
        if (options.Length > 0)
            Assert.SkipUnless(IsRedis, "these are options of redis-server");
        if (!IsRedis && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException("redis-server is not on the PATH; deploy/test installs it");
        return IsRedis ? RedisAsync("redis-server", port, folder, options) : GarnetAsync(port, folder);
    }

    public static Task<ProcessStartInfo> ValkeyAsync(int port, TempFolder folder, params string[] options) => RedisAsync("valkey-server", port, folder, options);

    /// <summary>With scripts, which it leaves out unless told.</summary>
    public static async Task<ProcessStartInfo> GarnetAsync(int port, TempFolder folder, params string[] options) =>
        new("dotnet", [await Garnet.Value, "--port", Text(port), "--bind", "127.0.0.1", "--lua", .. options]) { WorkingDirectory = folder.Path };

    private static Task<ProcessStartInfo> RedisAsync(string program, int port, TempFolder folder, string[] options) => Task.FromResult(
        new ProcessStartInfo(Executable.Require(program), ["--port", Text(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. options])
        {
            WorkingDirectory = folder.Path,
        });

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    // The server itself is started, not "dotnet tool run", whose child a signal would not reach.
    private static async Task<string> FindGarnetAsync()
    {
        var manifest = Manifest();
        await using var restore = ChildProcess.Start(
            new ProcessStartInfo("dotnet", ["tool", "restore", "--tool-manifest", manifest]));
        if (await restore.ExitAsync() != 0)
            throw new InvalidOperationException($"garnet-server can't be had: {restore.Output}{restore.Error}");

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken));
        var version = json.RootElement.GetProperty("tools").GetProperty("garnet-server").GetProperty("version").GetString()!;
        // Restored once, it stays where that put it, whatever NUGET_PACKAGES says today.
        var usual = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string[] packages = [Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? usual, usual];
        var tool = packages.Select(folder => Path.Combine(folder, "garnet-server", version, "tools")).FirstOrDefault(Directory.Exists)
            ?? throw new InvalidOperationException($"garnet-server is in none of {string.Join(", ", packages)}");
        return Directory.EnumerateFiles(tool, "GarnetServer.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
    }

    private static string Manifest()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, ".config", "dotnet-tools.json");
            if (File.Exists(manifest))
                return manifest;
        }

        throw new InvalidOperationException("No .config/dotnet-tools.json above the tests");
    }
}
