using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Hosting;

/// <summary>A client that sends exactly the bytes it is given, well-formed or not.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient client;
    private readonly RawMessageReader reader;

    private RawHttp(TcpClient client)
    {
        this.client = client;
        reader = new RawMessageReader(client.GetStream());
    }

    public static async Task<RawHttp> ConnectAsync(Uri server)
    {
        var connecting = new TcpClient { NoDelay = true };
        await connecting.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        return new RawHttp(connecting);
    }

    /// <summary>One request on a connection of its own, and the first final response to it.</summary>
    public static async Task<RawMessage> ExchangeAsync(Uri server, string request)
    {
        using var connection = await ConnectAsync(server);
        await connection.SendAsync(request);
        return await connection.ResponseAsync() ?? throw new EndOfStreamException("Closed without a response");
    }

    /// <summary>Characters are sent as bytes, one to one (Latin-1).</summary>
    public Task SendAsync(string characters) => SendAsync(Encoding.Latin1.GetBytes(characters));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var deadline = Deadline.Start();
        await client.GetStream().WriteAsync(bytes, deadline.Token);
    }

    /// <summary>The next response (interim ones too), or null when the server has closed.</summary>
    public async Task<RawMessage?> ResponseAsync(bool toHead = false)
    {
        using var deadline = Deadline.Start();
        return await reader.ResponseAsync(toHead, deadline.Token);
    }

    /// <summary>So many bytes, whatever they are.</summary>
    public async Task<byte[]> BytesAsync(int count)
    {
        using var deadline = Deadline.Start(TimeSpan.FromSeconds(30));
        return await reader.BytesAsync(count, deadline.Token);
    }

    /// <summary>Nothing more comes, and the connection ends, in order or by a reset.</summary>
    public async Task AssertCutAsync()
    {
        try
        {
            Assert.Equal("", await RestAsync());
        }
        catch (IOException)
        {
            // Reset: an end as well.
        }
    }

    /// <summary>Everything until the server closes.</summary>
    public async Task<string> RestAsync()
    {
        using var deadline = Deadline.Start();
        return Encoding.Latin1.GetString(await reader.RestAsync(deadline.Token));
    }

    public void Dispose() => client.Dispose();
}
