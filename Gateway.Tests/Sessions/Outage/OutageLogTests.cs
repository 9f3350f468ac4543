using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>The Redis client tells what it could not ask, with the key.</summary>
public sealed class OutageLogTests
{
    [Fact]
    public async Task Log_OfAnOutage_NamesNoWholeKey()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        var key = Assert.Single(await server.Keys().ListAsync("session:*"))["session:".Length..];
        var other = await stage.StartNodeAsync();
        using var there = browser.At(other.BaseAddress);
        await Eventually.TrueAsync(() => other.Logs.Of("RevocationChannelUp").Count > 0);
        // Whoever else asks at this moment finds out first, and then nobody is told of the visitor's question.
        for (var attempt = 0; !other.Logs.Of("StoreUnavailable").Any(entry => entry.Text.Contains(key[..12], StringComparison.Ordinal)); attempt++)
        {
            Assert.InRange(attempt, 0, 4);
            await server.StopAsync();
            using var answer = await there.GetAsync("/page");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            await server.StartAsync();
            await Eventually.TrueAsync(() => other.Logs.Of("RedisBack").Count == other.Logs.Of("RedisAway").Count);
        }

        Assert.Empty(other.Logs.Containing(key));
    }
}
