using System.Diagnostics;
using System.Globalization;
using Faults.Servers;
using Gateway.Tests.Hosting;

namespace Bench.Servers;

/// <summary>A published gateway with a database and a user of its own, and the cookies of a login that is to be remembered.</summary>
internal sealed class GatewayServer(string name, string program, GatewaySettings settings, Stage stage) : Contender(name, stage)
{
    private const string Password = "a long pass phrase";

    private readonly int managementPort = LoopbackPort.Next();

    public override string? User => $"ann-of-{Name}";

    protected override async Task PrepareAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "password"), Password);
        var add = Configured("users", "add", "ann@example.org", "--id", User!, "--name", "Ann Example", "--role", "editor", "--password-stdin");
        var command = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" <password", "sh", "dotnet", .. add.ArgumentList])
        {
            WorkingDirectory = Folder,
        };
        foreach (var (key, value) in add.Environment)
            command.Environment[key] = value;
        if (!await Child.RunAsync(Path.Combine(Folder, $"{Name}.log"), command))
            throw new InvalidOperationException($"{Name}: no user was added:\n{await File.ReadAllTextAsync(Path.Combine(Folder, $"{Name}.log"))}");
    }

    protected override Task<Child> LaunchAsync() => Task.FromResult(Launch(Configured(RoutesArguments)));

    protected override async Task LogInAsync() =>
        Cookies = await Login.CookiesAsync(new Uri(Url, "/_gateway/login"), new { email = "ann@example.org", password = Password, remember = true });

    private ProcessStartInfo Configured(params string[] arguments)
    {
        var info = Dotnet(program, arguments);
        if (settings.RuntimeConfiguration is { } file)
        {
            foreach (var argument in new[] { file, "--runtimeconfig", "exec" })
                info.ArgumentList.Insert(0, argument);
        }

        info.Environment["ConnectionStrings__Redis"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Stage.Redis.Port}");
        info.Environment["ConnectionStrings__Users"] = $"Data Source={Path.Combine(Folder, "gateway.db")}";
        info.Environment["Gateway__Session__KeyPrefix"] = $"{Name}:";
        info.Environment["Gateway__Management__Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{managementPort}");
        foreach (var (key, value) in settings.Environment)
            info.Environment[key] = value;
        return info;
    }
}
