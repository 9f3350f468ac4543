using System.Diagnostics;
using System.Globalization;
using Faults.Servers;
using Gateway.Tests.Hosting;

namespace Bench.Servers;

/// <summary>A row of the table: a server before the site, and what a signed-in visitor sends to it.</summary>
internal abstract class Contender(string name, Stage stage) : IAsyncDisposable
{
    private Child? process;

    public string Name => name;

    public int Port { get; } = LoopbackPort.Next();

    public Uri Url => At("/page");

    public int ProcessId => process!.Id;

    /// <summary>The Cookie header of every request.</summary>
    public string Cookies { get; set; } = "";

    /// <summary>Whom the site has to be told of; null where nobody is authenticated.</summary>
    public virtual string? User => null;

    /// <summary>Where it reads its routes from; null for one that leads everything to the site.</summary>
    public RouteTable? Routes { get; init; }

    protected Stage Stage => stage;

    protected string Folder { get; } = stage.FolderOf(name);

    /// <summary>By which a .NET program finds its routes.</summary>
    protected string[] RoutesArguments => Routes is null ? [] : ["--contentRoot", Routes.Folder];

    public Uri At(string path) => new($"http://127.0.0.1:{Port}{path}");

    public async Task StartAsync()
    {
        await PrepareAsync();
        await LaunchAgainAsync();
        await Listening.WaitAsync(process!, Port, Folder, Name);
        await LogInAsync();
    }

    public Task EnsureStartedAsync() => process is null ? StartAsync() : Task.CompletedTask;

    /// <summary>Ends the process and starts another, for whose first answer nobody waits here. The cookies stay good.</summary>
    public async Task LaunchAgainAsync()
    {
        await DisposeAsync();
        process = await LaunchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    /// <summary>Does what has to be done once.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    protected abstract Task<Child> LaunchAsync();

    /// <summary>Gets the cookies, where there is a login.</summary>
    protected virtual Task LogInAsync() => Task.CompletedTask;

    protected Child Launch(ProcessStartInfo info) => Child.Start(info, Path.Combine(Folder, $"{Name}.log"));

    /// <summary>A .NET program with the settings that all of them share.</summary>
    protected ProcessStartInfo Dotnet(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(program)! };
        info.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");
        info.Environment["ReverseProxy__Clusters__site__Destinations__one__Address"] = Stage.Site.Address;
        return info;
    }
}
