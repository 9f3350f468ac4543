using System.Text;

namespace Gateway.Tests.Hosting;

public sealed class RawDestinationTests
{
    [Fact]
    public async Task A_request_is_kept_byte_for_byte()
    {
        const string Request = "POST /a%2Fb/../c?x=%7e HTTP/1.1\r\nhost: x\r\nX-uSER-id:  spaced \r\nx_user_id: 2\r\nContent-Length: 3\r\n\r\nab\n";
        await using var destination = RawDestination.Start();

        var response = await RawHttp.ExchangeAsync(destination.Address, Request);

        var seen = Assert.Single(destination.Requests);
        Assert.Equal(Request, seen.Text);
        Assert.Equal("/a%2Fb/../c?x=%7e", seen.Target);
        Assert.Equal(["host: x", "X-uSER-id:  spaced ", "x_user_id: 2", "Content-Length: 3"], seen.HeaderLines);
        Assert.Equal(["spaced"], seen.Values("x-user-id"));
        Assert.Equal("ab\n", seen.BodyText);
        Assert.Equal("ok", response.BodyText);
    }

    [Fact]
    public async Task A_chunked_body_is_joined_and_its_framing_kept()
    {
        const string Request = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nwiki\r\n1\r\n!\r\n0\r\nX-After: 1\r\n\r\n";
        await using var destination = RawDestination.Start();

        await RawHttp.ExchangeAsync(destination.Address, Request);

        var seen = Assert.Single(destination.Requests);
        Assert.Equal("wiki!", seen.BodyText);
        Assert.Equal(["X-After: 1"], seen.TrailerLines);
        Assert.Equal(Request, seen.Text);
    }

    [Fact]
    public async Task A_test_says_what_is_answered()
    {
        await using var destination = RawDestination.Start();
        destination.Answer = request => Encoding.Latin1.GetBytes($"HTTP/1.1 299 {request.Method}\r\nContent-Length: 0\r\n\r\n");

        var response = await RawHttp.ExchangeAsync(destination.Address, "BREW / HTTP/1.1\r\n\r\n");

        Assert.Equal("HTTP/1.1 299 BREW\r\nContent-Length: 0\r\n\r\n", response.Text);
        Assert.Equal(299, response.Status);
    }

    [Fact]
    public async Task Two_requests_share_a_connection()
    {
        await using var destination = RawDestination.Start(request => RawDestination.Ok(request.Target));
        using var client = await RawHttp.ConnectAsync(destination.Address);

        await client.SendAsync("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");

        Assert.Equal("/1", (await client.ResponseAsync())?.BodyText);
        Assert.Equal("/2", (await client.ResponseAsync())?.BodyText);
    }

    [Fact]
    public async Task An_empty_answer_closes_the_connection()
    {
        await using var destination = RawDestination.Start(_ => []);
        using var client = await RawHttp.ConnectAsync(destination.Address);

        await client.SendAsync("GET / HTTP/1.1\r\n\r\n");

        Assert.Null(await client.ResponseAsync());
    }
}
