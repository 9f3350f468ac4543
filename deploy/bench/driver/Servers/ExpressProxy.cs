using System.Diagnostics;
using System.Globalization;
using Faults.Servers;
using Gateway.Tests.Hosting;

namespace Bench.Servers;

/// <summary>The Express original, in so many processes.</summary>
internal sealed class ExpressProxy(int processes, Stage stage) : Contender(string.Create(CultureInfo.InvariantCulture, $"express-{processes}"), stage)
{
    public static bool IsPossible => Executable.Find("node") is not null && Executable.Find("npm") is not null;

    public override string? User => $"ann-of-{Name}";

    protected override async Task<Child> LaunchAsync()
    {
        var packages = await InstallAsync();
        var info = new ProcessStartInfo(Executable.Require("node"), ["server.js"]) { WorkingDirectory = packages };
        info.Environment["NODE_ENV"] = "production";
        info.Environment["PORT"] = Port.ToString(CultureInfo.InvariantCulture);
        info.Environment["PROCESSES"] = processes.ToString(CultureInfo.InvariantCulture);
        info.Environment["REDIS"] = string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{Stage.Redis.Port}");
        info.Environment["SITE"] = Stage.Site.Address;
        return Launch(info);
    }

    protected override async Task LogInAsync() =>
        Cookies = await Login.CookiesAsync(new Uri(Url, "/login"), new { id = User, email = "ann@example.org", name = "Ann Example", role = "editor" });

    // A copy, as the packages would otherwise lie in the repository; one for all.
    private async Task<string> InstallAsync()
    {
        var copy = Stage.FolderOf("express");
        if (Directory.Exists(Path.Combine(copy, "node_modules")))
            return copy;
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "express")))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        var log = Path.Combine(copy, "npm.log");
        if (!await Child.RunAsync(log, new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = copy }))
            throw new InvalidOperationException($"npm ci failed:\n{await File.ReadAllTextAsync(log)}");
        return copy;
    }
}
