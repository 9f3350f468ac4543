using System.Diagnostics;
using System.Text.Json;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Packages;

/// <summary>A project with this repository's build properties, restored from folders alone, into a cache of its own.</summary>
internal sealed class RestoredProject : IDisposable
{
    private readonly TempFolder folder = new();

    /// <summary>All packages that the registry of this test has.</summary>
    internal FolderSource Registry => new(folder.File("registry"));

    internal async Task<string> FailToRestoreAsync(string references)
    {
        var (code, output) = await RunAsync(references);
        Assert.True(code != 0, output);
        return output;
    }

    /// <summary>The packages that were chosen, as "id/version".</summary>
    internal async Task<string[]> RestoreAsync(string references)
    {
        var (code, output) = await RunAsync(references);
        Assert.True(code == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);

        await using var assets = File.OpenRead(folder.File("obj/project.assets.json"));
        using var json = await JsonDocument.ParseAsync(assets, cancellationToken: TestContext.Current.CancellationToken);
        return [.. json.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name)];
    }

    public void Dispose() => folder.Dispose();

    private async Task<(int Code, string Output)> RunAsync(string references)
    {
        await File.WriteAllTextAsync(folder.File("nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="registry" value="{Registry.Path}" />
              </packageSources>
            </configuration>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("it.csproj"), $"""
            <Project>
              <Import Project="{Repository.PathTo("Directory.Build.props")}" />
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <ItemGroup>{references}</ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """, TestContext.Current.CancellationToken);
        await using var restore = ChildProcess.Start(new ProcessStartInfo("dotnet", ["restore", "it.csproj", "-nodeReuse:false"])
        {
            WorkingDirectory = folder.Path,
            Environment = { ["NUGET_PACKAGES"] = folder.File("cache") },
        });
        return (await restore.ExitAsync(), restore.Output + restore.Error);
    }
}
