using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Gateway.Tests.Packages;

/// <summary>What an assembly needs from the stand-ins, written like <see cref="PublicSurface"/> writes what they offer.</summary>
internal sealed class References : IDisposable
{
    private static readonly string[] Namespaces = ["System.IO.Hashing.", "Pipelines.Sockets.Unofficial."];

    private readonly PEReader file;
    private readonly MetadataReader reader;

    private References(string path)
    {
        file = new PEReader(File.OpenRead(path));
        reader = file.GetMetadataReader();
    }

    internal static SortedSet<string> In(string path)
    {
        using var references = new References(path);
        return new SortedSet<string>(
            references.Types().Concat(references.Members()).Concat(references.CallsThroughInterfaces()), StringComparer.Ordinal);
    }

    public void Dispose() => file.Dispose();

    private IEnumerable<string> Types() => reader.TypeReferences.Select(type => Definition(type)).Where(IsOurs);

    private IEnumerable<string> Members() =>
        from member in reader.MemberReferences.Select(reader.GetMemberReference)
        where member.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeSpecification && IsOurs(Definition(member.Parent))
        let name = reader.GetString(member.Name)
        select member.GetKind() == MemberReferenceKind.Method
            ? PublicSurface.Method(Definition(member.Parent), name, member.DecodeMethodSignature(SignatureText.Instance, null))
            : $"{member.DecodeFieldSignature(SignatureText.Instance, null)} {Definition(member.Parent)}::{name}";

    /// <summary>
    /// A loop over a struct calls Dispose through IDisposable, which no reference to the struct's own members shows: the prefix
    /// "constrained." names the struct, the callvirt behind it the interface (ECMA-335, III.2.1).
    /// </summary>
    private IEnumerable<string> CallsThroughInterfaces() =>
        from method in reader.MethodDefinitions.Select(reader.GetMethodDefinition)
        where method.RelativeVirtualAddress != 0
        let code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!
        from at in Enumerable.Range(0, Math.Max(0, code.Length - 10))
        where code[at] == 0xFE && code[at + 1] == 0x16 && code[at + 6] == 0x6F && code[at + 5] == 0x1B && code[at + 10] == 0x0A
        let type = Definition((EntityHandle)MetadataTokens(code, at + 2))
        where IsOurs(type)
        select $"{type} is {Definition(reader.GetMemberReference((MemberReferenceHandle)MetadataTokens(code, at + 7)).Parent)}";

    private static Handle MetadataTokens(byte[] code, int at) =>
        System.Reflection.Metadata.Ecma335.MetadataTokens.Handle(BitConverter.ToInt32(code, at));

    // An instance of a generic type has the members of its definition.
    private string Definition(EntityHandle type)
    {
        var text = PublicSurface.TypeText(reader, type);
        text = text.StartsWith("struct ", StringComparison.Ordinal) ? text["struct ".Length..] : text;
        return text.IndexOf('<', StringComparison.Ordinal) is > 0 and var arguments ? text[..arguments] : text;
    }

    private static bool IsOurs(string type) => Namespaces.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));
}
