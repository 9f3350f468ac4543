using System.Xml.Linq;
using System.Xml.XPath;

namespace Gateway.Tests.Packages;

/// <summary>Which packages NuGet takes, with the references of the gateway's own project file.</summary>
public sealed class PackageChoiceTests
{
    private const string RealSockets = "Pipelines.Sockets.Unofficial/2.2.16";
    private const string RealHashing = "System.IO.Hashing/10.0.2";

    [Fact]
    public async Task A_registry_that_has_the_real_packages_is_used_without_any_change()
    {
        using var project = new RestoredProject();
        project.Registry.With(StandIns.Sockets, "2.2.16").With(StandIns.Hashing, "10.0.2").With(StandIns.Hashing, "10.0.14");

        Assert.Equal([RealSockets, RealHashing], await project.RestoreAsync(TheGatewaysReferences()));
    }

    [Fact]
    public async Task A_registry_that_lacks_them_gets_the_stand_ins_without_a_warning()
    {
        using var project = new RestoredProject();

        Assert.Equal([RealSockets + ".1", RealHashing + ".1"], await project.RestoreAsync(TheGatewaysReferences()));
    }

    [Fact]
    public async Task One_of_each_is_chosen_where_only_one_is_lacking()
    {
        using var project = new RestoredProject();
        project.Registry.With(StandIns.Sockets, "2.2.16");

        Assert.Equal([RealSockets, RealHashing + ".1"], await project.RestoreAsync(TheGatewaysReferences()));
    }

    [Fact]
    public async Task A_higher_version_of_any_other_package_is_still_an_error()
    {
        using var project = new RestoredProject();
        project.Registry.With("Another.Package", "1.0.1");

        var output = await project.FailToRestoreAsync(
            TheGatewaysReferences() + """<PackageReference Include="Another.Package" Version="1.0.0" />""");

        Assert.Contains("error NU1603: Warning As Error: it depends on Another.Package", output, StringComparison.Ordinal);
        Assert.DoesNotContain(StandIns.Hashing, output, StringComparison.Ordinal);
    }

    // As the gateway's project has them, each with its central version.
    private static string TheGatewaysReferences()
    {
        var project = XDocument.Load(Repository.PathTo("Gateway", "Gateway.csproj"));
        var versions = XDocument.Load(Repository.PathTo("Directory.Packages.props"));
        return string.Concat(StandIns.Ids.Select(id =>
        {
            var reference = project.XPathSelectElement($"//PackageReference[@Include='{id}']")!;
            reference.SetAttributeValue("Version", versions.XPathSelectElement($"//PackageVersion[@Include='{id}']")!.Attribute("Version")!.Value);
            return reference.ToString();
        }));
    }
}
