using Gateway.Tests.Hosting;

namespace Gateway.Tests.Pages;

/// <summary>What somebody sends as a host name need not be one, and is no reason to fail.</summary>
public sealed class UnreadableHostTests
{
    [Theory]
    [InlineData("a~b")]
    [InlineData("a..b")]
    [InlineData("a:99999")]
    public async Task Page_OfAHostThatIsNone_IsRefused(string host)
    {
        await using var stage = await Stage.StartAsync(keys: null);

        var answer = await RawHttp.ExchangeAsync(stage.Gateway.BaseAddress, $"GET /_gateway/login HTTP/1.1\r\nHost: {host}\r\n\r\n");

        Assert.Equal(400, answer.Status);
        Assert.Empty(stage.Gateway.Logs.Of("RequestFailed"));
    }
}
