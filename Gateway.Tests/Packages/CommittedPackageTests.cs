using System.Diagnostics;
using System.IO.Compression;
using Gateway.Tests.Hosting;
using StackExchange.Redis;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Tests.Packages;

public sealed class CommittedPackageTests
{
    public static TheoryData<string> Ids { get; } = [.. StandIns.Ids];

    [Theory]
    [InlineData(typeof(IDatabase))]
    [InlineData(typeof(IHttpForwarder))]
    public void Everything_a_library_references_is_there(Type library)
    {
        var offered = StandIns.Ids.SelectMany(id => PublicSurface.Of(StandIns.AssemblyIn(StandIns.PackageOf(id), id)));
        var needed = References.In(library.Assembly.Location);

        Assert.NotEmpty(needed);
        Assert.Empty(needed.Except(offered, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_package_was_packed_from_the_source_beside_it(string id)
    {
        var folder = Repository.PathTo("deploy", "packages", id);
        var source = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(file => !file.StartsWith("bin", StringComparison.Ordinal) && !file.StartsWith("obj", StringComparison.Ordinal))
            .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(folder, file)), StringComparer.Ordinal);

        using var package = ZipFile.OpenRead(StandIns.PackageOf(id));
        var packed = package.Entries
            .Where(entry => entry.FullName.StartsWith("src/", StringComparison.Ordinal))
            .ToDictionary(entry => entry.FullName["src/".Length..], Text, StringComparer.Ordinal);

        Assert.Equal(source, packed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Packing_the_source_again_gives_the_same_public_surface(string id)
    {
        using var folder = new TempFolder();
        await using var pack = ChildProcess.Start(new ProcessStartInfo(
            "dotnet",
            [
                "pack", Repository.PathTo("deploy", "packages", id), "--output", folder.Path,
                "--artifacts-path", folder.File("artifacts"), "-p:RunAnalyzers=false", "-nodeReuse:false",
            ]));
        Assert.True(await pack.ExitAsync() == 0, pack.Output);

        var committed = StandIns.PackageOf(id);
        var again = Assert.Single(Directory.GetFiles(folder.Path, "*.nupkg"));

        Assert.Equal(Path.GetFileName(committed), Path.GetFileName(again));
        Assert.Equal(PublicSurface.Of(StandIns.AssemblyIn(committed, id)), PublicSurface.Of(StandIns.AssemblyIn(again, id)));
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
