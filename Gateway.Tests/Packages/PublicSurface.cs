using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Gateway.Tests.Packages;

/// <summary>What an assembly offers to others, a line for each type, interface, member and constant.</summary>
internal static class PublicSurface
{
    internal static SortedSet<string> Of(byte[] assembly)
    {
        using var file = new PEReader([.. assembly]);
        var reader = file.GetMetadataReader();
        var name = reader.GetAssemblyDefinition();
        var lines = new SortedSet<string>(StringComparer.Ordinal) { $"{reader.GetString(name.Name)}, {name.Version}" };
        foreach (var handle in reader.TypeDefinitions.Where(handle => IsPublic(reader, handle)))
            lines.UnionWith(LinesOf(reader, handle));
        return lines;
    }

    internal static string Method(string type, string name, MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType} {type}::{name}`{signature.GenericParameterCount}"
        + $"({string.Join(", ", signature.ParameterTypes)})";

    private static IEnumerable<string> LinesOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var definition = reader.GetTypeDefinition(handle);
        var type = SignatureText.Instance.GetTypeFromDefinition(reader, handle, 0);
        yield return type;
        foreach (var implemented in definition.GetInterfaceImplementations())
            yield return $"{type} is {TypeText(reader, reader.GetInterfaceImplementation(implemented).Interface)}";
        foreach (var method in definition.GetMethods().Select(reader.GetMethodDefinition).Where(IsOpen))
            yield return Method(type, reader.GetString(method.Name), method.DecodeSignature(SignatureText.Instance, null));
        foreach (var field in definition.GetFields().Select(reader.GetFieldDefinition).Where(IsOpen))
            yield return $"{field.DecodeSignature(SignatureText.Instance, null)} {type}::{reader.GetString(field.Name)}{Value(reader, field)}";
    }

    private static string Value(MetadataReader reader, FieldDefinition field) => field.GetDefaultValue() is { IsNil: false } value
        ? " = " + Convert.ToHexString(reader.GetBlobBytes(reader.GetConstant(value).Value))
        : "";

    internal static string TypeText(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition => SignatureText.Instance.GetTypeFromDefinition(reader, (TypeDefinitionHandle)type, 0),
        HandleKind.TypeReference => SignatureText.Instance.GetTypeFromReference(reader, (TypeReferenceHandle)type, 0),
        _ => SignatureText.Instance.GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)type, 0),
    };

    private static bool IsPublic(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic => IsPublic(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    private static bool IsOpen(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family;

    private static bool IsOpen(FieldDefinition field) => (field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public;
}
