using Gateway.Forwarding.WebSockets;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>An upgraded connection through a gateway of which a test plays both ends, byte by byte, without a session.</summary>
internal sealed class RawSocket : IAsyncDisposable
{
    private readonly TaskCompletionSource<Stream> accepted = new();
    private readonly TaskCompletionSource done = new();
    private EchoSite? site;
    private RawReader? fromGateway;

    public TestGateway Gateway { get; private set; } = null!;

    public RawHttp Client { get; private set; } = null!;

    public Stream Application { get; private set; } = null!;

    public OpenSockets Open => Gateway.Services.GetRequiredService<OpenSockets>();

    public static async Task<RawSocket> OpenAsync(string protocol = "websocket", TimeProvider? clock = null)
    {
        var socket = new RawSocket();
        socket.site = await EchoSite.StartAsync(app => app.Map("/raw", socket.AcceptAsync));
        socket.Gateway = await TestGateway.StartAsync(
            new GatewaySettings().WithRoute("site", "/{**path}", socket.site.Address, "Anonymous"), clock);
        socket.Client = await RawHttp.ConnectAsync(socket.Gateway.BaseAddress);
        await socket.Client.SendAsync(
            $"GET /raw HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC==\r\n\r\n");
        Assert.Equal(101, (await socket.Client.ResponseAsync())?.Status);
        using var deadline = Deadline.Start();
        socket.Application = await socket.accepted.Task.WaitAsync(deadline.Token);
        socket.fromGateway = new RawReader(socket.Application);
        return socket;
    }

    /// <summary>What the application sends.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var deadline = Deadline.Start();
        await Application.WriteAsync(bytes, deadline.Token);
    }

    /// <summary>So many bytes as the application gets them.</summary>
    public async Task<byte[]> ReceiveAsync(int count)
    {
        using var deadline = Deadline.Start(TimeSpan.FromSeconds(30));
        return await fromGateway!.BytesAsync(count, deadline.Token);
    }

    /// <summary>What else the application gets until its connection ends, cut or not.</summary>
    public async Task<byte[]> ReceiveRestAsync()
    {
        using var deadline = Deadline.Start();
        try
        {
            return await fromGateway!.RestAsync(deadline.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException && !deadline.IsCancellationRequested)
        {
            return [];
        }
    }

    /// <summary>Closes the application's connection.</summary>
    public void EndApplication() => done.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        EndApplication();
        Client?.Dispose();
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        if (site is not null)
            await site.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        context.Response.Headers.Upgrade = context.Request.Headers.Upgrade;
        accepted.SetResult(await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync());
        await done.Task;
    }
}
