using System.IO.Compression;

namespace Gateway.Tests.Packages;

/// <summary>A package source that is a folder, filled with packages that have a name, a version and nothing in them.</summary>
internal sealed class FolderSource(string folder)
{
    internal string Path { get; } = Directory.CreateDirectory(folder).FullName;

    internal FolderSource With(string id, string version)
    {
        using var package = ZipFile.Open(System.IO.Path.Combine(Path, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var manifest = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open()))
        {
            manifest.Write($"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>{id}</id>
                    <version>{version}</version>
                    <authors>test</authors>
                    <description>test</description>
                    <dependencies><group targetFramework="net10.0" /></dependencies>
                  </metadata>
                </package>
                """);
        }

        package.CreateEntry("lib/net10.0/_._");
        return this;
    }
}
