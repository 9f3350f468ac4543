using System.Globalization;
using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gateway.Tests.Hosting;

/// <summary>The pages of <see cref="EchoSite"/> that stream.</summary>
internal static class EchoSitePages
{
    public static void Map(IEndpointRouteBuilder site, ChannelReader<string> events)
    {
        // After a test's own endpoints, so that the same path mapped by a test is not ambiguous.
        site.Map("/ws", EchoSocketAsync).WithOrder(1);
        site.MapGet("/events", (HttpContext context) => SendEventsAsync(context, events)).WithOrder(1);
        site.MapGet("/download", DownloadAsync).WithOrder(1);
        site.Map("/upload", UploadAsync).WithOrder(1);
        site.Map("/refuse", context => TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context)).WithOrder(1);
        site.Map("/trailers", TrailersAsync).WithOrder(1);
    }

    // Reading the body is what lets Kestrel send "100 Continue"; /refuse never does.
    private static async Task UploadAsync(HttpContext context)
    {
        var (bytes, sha256) = await EchoedRequest.DigestAsync(context.Request.Body, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new Upload(bytes, sha256), context.RequestAborted);
    }

    private static Task DownloadAsync(HttpContext context)
    {
        var bytes = long.Parse(context.Request.Query["bytes"].ToString(), CultureInfo.InvariantCulture);
        return TypedResults.Stream(new PatternStream(bytes), "application/octet-stream", enableRangeProcessing: true).ExecuteAsync(context);
    }

    // The head goes out before the first event, as event streams do it; TypedResults.ServerSentEvents would wait.
    private static async Task SendEventsAsync(HttpContext context, ChannelReader<string> events)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var text in events.ReadAllAsync(context.RequestAborted))
        {
            await context.Response.WriteAsync($"data: {text}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task TrailersAsync(HttpContext context)
    {
        var echoed = await EchoedRequest.ReadAsync(context.Request);
        context.Response.DeclareTrailer("grpc-status");
        await echoed.WriteAsync(context);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task EchoSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Close)
                break;
            await socket.SendAsync(
                buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, context.RequestAborted);
    }

    /// <summary>What /upload answers.</summary>
    internal sealed record Upload(long Bytes, string Sha256);
}
