using System.Net;
using System.Net.Http.Headers;

namespace Gateway.Tests.Hosting;

/// <summary>The body of a form whose last byte is held back.</summary>
internal sealed class HeldContent : HttpContent
{
    private readonly TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] body;

    private HeldContent(byte[] body)
    {
        this.body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
    }

    /// <summary>All but the last byte is on its way.</summary>
    public Task Sent => sent.Task;

    public static async Task<HeldContent> OfAsync(IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return new HeldContent(await form.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public void Release() => released.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(body.AsMemory()[..^1], TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        sent.TrySetResult();
        await released.Task;
        await stream.WriteAsync(body.AsMemory()[^1..], TestContext.Current.CancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
