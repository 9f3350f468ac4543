using Xunit.v3;

namespace Gateway.Tests.Security;

/// <summary>
/// Names the security requirements of Requirements.md that a test shows. Those of one requirement run by
/// <c>deploy/test --filter Requirement=S01</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequirementAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Ids => ids;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. ids.Select(id => KeyValuePair.Create("Requirement", id))];
}
