using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Live;

/// <summary>A WebSocket or an event stream that somebody holds open through a gateway.</summary>
internal sealed class OpenStream : IDisposable
{
    private readonly CancellationTokenSource deadline = Deadline.Start(TimeSpan.FromSeconds(60));
    private readonly Channel<string> received = Channel.CreateUnbounded<string>();
    private readonly ClientWebSocket? socket;
    private readonly HttpResponseMessage? response;

    private OpenStream(ClientWebSocket socket) => this.socket = socket;

    private OpenStream(HttpResponseMessage response) => this.response = response;

    /// <summary>What a WebSocket was told at its end; null when it was cut off.</summary>
    public WebSocketCloseStatus? CloseStatus => socket?.CloseStatus;

    public string? CloseReason => socket?.CloseStatusDescription;

    /// <summary>Completes when the gateway ends the stream, however it does that.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public static async Task<OpenStream> SocketAsync(Browser browser, string path = "/ws")
    {
        var client = new ClientWebSocket();
        if (browser.Cookies.HeaderFor(path) is { } cookies)
            client.Options.SetRequestHeader("Cookie", cookies);
        await client.ConnectAsync(new UriBuilder(browser.Origin) { Scheme = "ws", Path = path }.Uri, TestContext.Current.CancellationToken);
        var stream = new OpenStream(client);
        stream.Ended = stream.ReadAsync(stream.ReadMessagesAsync);
        Assert.Equal("hello", await stream.EchoAsync("hello"));
        return stream;
    }

    public static async Task<OpenStream> EventsAsync(Browser browser, EchoSite site, string path = "/events")
    {
        var answer = await browser.SendAsync(browser.Request(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        var stream = new OpenStream(answer);
        stream.Ended = stream.ReadAsync(stream.ReadLinesAsync);
        await site.Events.WriteAsync("hello", TestContext.Current.CancellationToken);
        Assert.Equal("data: hello", await stream.NextAsync());
        return stream;
    }

    /// <summary>Says something over a WebSocket and hears it back.</summary>
    public async Task<string> EchoAsync(string text)
    {
        await socket!.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        return await NextAsync();
    }

    public ValueTask<string> NextAsync() => received.Reader.ReadAsync(deadline.Token);

    public void Dispose()
    {
        deadline.Cancel();
        socket?.Dispose();
        response?.Dispose();
        deadline.Dispose();
    }

    private async Task ReadAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or HttpRequestException)
        {
            // Cut off: an end as well.
        }
        finally
        {
            received.Writer.TryComplete();
        }
    }

    private async Task ReadMessagesAsync()
    {
        var buffer = new byte[1024];
        while (await socket!.ReceiveAsync(buffer.AsMemory(), deadline.Token) is { MessageType: not WebSocketMessageType.Close } message)
            received.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, message.Count));
    }

    private async Task ReadLinesAsync()
    {
        using var lines = new StreamReader(await response!.Content.ReadAsStreamAsync(deadline.Token));
        while (await lines.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.Length > 0)
                received.Writer.TryWrite(line);
        }
    }
}
