using Gateway.Sessions;

namespace Gateway.Tests.Sessions;

public sealed class AgentNameTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox on Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Chrome on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15", "Safari on macOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.0.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; SM-S938B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", "Samsung Internet on Android")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; PFDM00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.60", "WeChat on Android")]
    [InlineData("Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1 Mobile", "Chrome on HarmonyOS")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "Chrome on ChromeOS")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 OPR/125.0.0.0", "Opera on Windows")]
    public void CommonBrowser_IsNamed_AndKnownAgainByFewCharacters(string header, string name)
    {
        var agent = AgentName.Of(header)!;

        Assert.Equal(name, agent.ToString());
        Assert.InRange(agent.Short.Length, 1, 8);
        Assert.Equal(name, AgentName.Of(agent.Short)!.ToString());
    }

    [Theory]
    [InlineData("curl/8.14.1", "curl/8.14.1")]
    [InlineData("Lynx/2.9 \u001b[31m<b>", "Lynx/2.9 [31m<b>")]
    [InlineData("Firefox/", "Firefox/")]
    public void OtherBrowser_IsCalledWhatItCallsItself(string header, string name) => Assert.Equal(name, AgentName.Of(header)!.ToString());

    [Fact]
    public void LongName_IsCut()
    {
        var agent = AgentName.Of(new string('x', 30_000))!;

        Assert.Equal(60, agent.ToString().Length);
        Assert.Equal(12, agent.Short.Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void NoName_IsNone(string? header) => Assert.Null(AgentName.Of(header));
}
