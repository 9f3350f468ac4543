using System.Diagnostics;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

public sealed class OwnEndpointBodyTests(Front front)
{
    private const int Limit = 64 * 1024;

    [Theory]
    [InlineData("/_gateway/login", "application/json")]
    [InlineData("/_gateway/login", "application/x-www-form-urlencoded")]
    [InlineData("/_gateway/logout", "application/x-www-form-urlencoded")]
    public async Task Body_AnnouncedTooLarge_IsRefusedUnread(string path, string type)
    {
        using var connection = await RawHttp.ConnectAsync(front.Address);
        var start = Stopwatch.GetTimestamp();

        // Not a byte of it follows: who waits for one would never answer.
        await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: 1000000000\r\n\r\n");

        Assert.Equal(413, (await connection.ResponseAsync())?.Status);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("/_gateway/login", "application/json", "[\"")]
    [InlineData("/_gateway/login", "application/x-www-form-urlencoded", "email=")]
    public async Task Body_GrowingTooLarge_IsRefused(string path, string type, string begin)
    {
        using var connection = await RawHttp.ConnectAsync(front.Address);
        await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n");

        await connection.SendAsync($"{Limit + begin.Length + 1:x}\r\n{begin}{new string('x', Limit + 1)}\r\n");

        Assert.Equal(413, (await connection.ResponseAsync())?.Status);
    }

    [Theory]
    [InlineData("/_gateway/session")]
    [InlineData("/_gateway/verify")]
    [InlineData("/_gateway/nothing")]
    public async Task Body_ThatNobodyReads_DelaysNoAnswer(string path)
    {
        using var connection = await RawHttp.ConnectAsync(front.Address);

        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");

        Assert.InRange((await connection.ResponseAsync())!.Status, 400, 499);
    }

    [Theory]
    [InlineData("/_gateway/login")]
    [InlineData("/_gateway/logout")]
    public async Task Form_InACharacterSetThatNobodyReads_IsTheClientsFault(string path)
    {
        string[] headers = ["Content-Type: application/x-www-form-urlencoded; charset=utf-7", "Content-Length: 7"];

        var exchange = await front.SendAsync($"POST {path} HTTP/1.1", headers, "email=a");

        Assert.Equal(400, exchange.Status);
    }

    [Fact]
    public async Task Body_WithinTheLimit_IsRead()
    {
        string[] headers = ["Content-Type: application/json", $"Content-Length: {Limit}"];

        var exchange = await front.SendAsync("POST /_gateway/login HTTP/1.1", headers, "[\"" + new string('x', Limit - 4) + "\"]");

        Assert.Equal(400, exchange.Status);
    }
}
