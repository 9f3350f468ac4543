using Gateway.Operations;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Gateway.Tests.Operations;

/// <summary>The configuration file's sections are listed as the framework would list them.</summary>
public sealed class KeyTreeTests : IDisposable
{
    private const string File = """
        {
          "Ab": { "b": "1", "10": "x", "9": "y", "deep": { "er": { "still": "2" } }, "empty": {}, "none": null },
          "A": { "list": [ "p", "q", { "r": "s" } ], "b:c": "flat", "b:d": "flat" },
          "a:LIST": "a value beside what is below it"
        }
        """;

    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("")]
    [InlineData("Ab")]
    [InlineData("ab")]
    [InlineData("A")]
    [InlineData("A:b")]
    [InlineData("a:LIST")]
    [InlineData("a:list:2")]
    [InlineData("Ab:deep")]
    [InlineData("Ab:deep:er:still")]
    [InlineData("Ab:empty")]
    [InlineData("not:there")]
    public void Section_OfTheFile_IsListedAsByTheFramework(string path)
    {
        var framework = Build(source => source);

        Assert.Equal(Below(framework, path), Below(Build(source => new LastGoodJsonSource(source)), path));
    }

    [Fact]
    public void Value_SetAfterTheFileWasRead_IsListed()
    {
        var configuration = Build(source => new LastGoodJsonSource(source));
        Assert.DoesNotContain("new", Below(configuration, "Ab"));

        configuration["Ab:new"] = "3";

        Assert.Contains("new", Below(configuration, "Ab"));
    }

    public void Dispose() => folder.Dispose();

    private static List<string> Below(IConfigurationRoot configuration, string path) =>
        [.. (path.Length == 0 ? configuration.GetChildren() : configuration.GetSection(path).GetChildren()).Select(section => section.Key)];

    // With a source before and one after, whose keys are among those of the file.
    private IConfigurationRoot Build(Func<JsonConfigurationSource, JsonConfigurationSource> read)
    {
        System.IO.File.WriteAllText(folder.File("settings.json"), File);
        var file = read(new JsonConfigurationSource { Path = "settings.json", FileProvider = new PhysicalFileProvider(folder.Path) });
        return new ConfigurationBuilder()
            .AddInMemoryCollection([new("Ab:before", "0"), new("A:b:e", "0")])
            .Add(file)
            .AddInMemoryCollection([new("AB:B", "2"), new("Other", "0")])
            .Build();
    }
}
