using System.ComponentModel.DataAnnotations;
using Gateway.Operations.Management;

namespace Gateway.Tests.Operations.Management;

public sealed class ManagementSettingsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("http://127.0.0.1:5099")]
    [InlineData("http://127.0.0.1:5099/")]
    [InlineData("http://localhost:5099")]
    [InlineData("https://0.0.0.0:443")]
    [InlineData("http://[::1]:0")]
    [InlineData("http://*:5099")]
    public void Url_ThatCanBeListenedOn_IsAccepted(string url) => Assert.Empty(Faults(url));

    [Theory]
    [InlineData("5099")]
    [InlineData("127.0.0.1:5099")]
    [InlineData("ftp://127.0.0.1:5099")]
    [InlineData("http://127.0.0.1:5099/health")]
    [InlineData("http://127.0.0.1:5099/?a=b")]
    [InlineData("http://127.0.0.1:70000")]
    [InlineData("http://127.0.0.1:port")]
    [InlineData("http://user@127.0.0.1:5099")]
    [InlineData("http://unix:/tmp/socket")]
    [InlineData("http://gateway.example.org:5099")]
    public void Url_ThatCannot_NamesTheKey(string url) => Assert.Equal(["Url"], Assert.Single(Faults(url)).MemberNames);

    private static List<ValidationResult> Faults(string url)
    {
        var settings = new ManagementSettings { Url = url };
        return [.. settings.Validate(new ValidationContext(settings))];
    }
}
