using System.IO.Compression;
using System.Reflection;
using System.Runtime.Loader;

namespace Gateway.Tests.Packages;

/// <summary>Loads the committed stand-ins, and code that uses them, beside the packages that were restored.</summary>
internal sealed class StandIns() : AssemblyLoadContext(nameof(StandIns))
{
    internal const string Hashing = "System.IO.Hashing";
    internal const string Sockets = "Pipelines.Sockets.Unofficial";

    internal static readonly string[] Ids = [Hashing, Sockets];

    internal static StandIns Context { get; } = new();

    /// <summary>The committed package's file.</summary>
    internal static string PackageOf(string id) => Directory.GetFiles(Repository.PathTo("deploy", "packages"), id + ".*.nupkg").Single();

    internal static byte[] AssemblyIn(string package, string id)
    {
        using var archive = ZipFile.OpenRead(package);
        using var content = archive.GetEntry($"lib/net10.0/{id}.dll")!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The same method in a copy of this assembly that sees the stand-ins.</summary>
    internal MethodInfo Twin(MethodInfo method) =>
        LoadFromAssemblyPath(method.Module.Assembly.Location).GetType(method.DeclaringType!.FullName!)!.GetMethod(method.Name)!;

    // Everything else is shared with the tests.
    protected override Assembly? Load(AssemblyName assemblyName) => Ids.Contains(assemblyName.Name, StringComparer.Ordinal)
        ? LoadFromStream(new MemoryStream(AssemblyIn(PackageOf(assemblyName.Name!), assemblyName.Name!)))
        : null;
}
