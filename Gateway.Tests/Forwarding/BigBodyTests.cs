using System.Net.Http.Json;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

/// <summary>Bodies of any size stream through; the gateway runs as a process of its own, whose memory is nobody else's.</summary>
public sealed class BigBodyTests
{
    // Beyond every limit a server has by default, and cheap enough for each run; a gigabyte takes four times as long and no more memory.
    private const long Size = 256L << 20;
    private const long MostGrowth = 100L << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Body_OfAnySize_StreamsUpAndDownInConstantMemory()
    {
        await using var site = await EchoSite.StartAsync();
        // A file of its own, or it would read the repository's beside the program.
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySettings().WithAppSettings("{}").WithRoute("site", "/{**rest}", site.Address, "Anonymous"));
        using var client = new HttpClient { BaseAddress = gateway.BaseAddress };
        using var small = await client.PostAsync(new Uri("/upload", UriKind.Relative), new StreamContent(new PatternStream(1 << 20)), Cancel);
        var before = gateway.WorkingSet;
        var most = before;

        using var content = new StreamContent(new WatchedStream(new PatternStream(Size), () => most = Math.Max(most, gateway.WorkingSet)));
        using var upload = await client.PostAsync(new Uri("/upload", UriKind.Relative), content, Cancel);
        var sent = await upload.Content.ReadFromJsonAsync<EchoSitePages.Upload>(Cancel);
        await using var download = await client.GetStreamAsync(new Uri($"/download?bytes={Size}", UriKind.Relative), Cancel);
        var received = await EchoedRequest.DigestAsync(new WatchedStream(download, () => most = Math.Max(most, gateway.WorkingSet)), Cancel);

        Assert.Equal((Size, Size), (sent!.Bytes, received.Length));
        Assert.Equal(sent.Sha256, received.Sha256);
        TestContext.Current.TestOutputHelper?.WriteLine($"{before >> 20} MB before, {most >> 20} MB at most");
        Assert.InRange(most - before, long.MinValue, MostGrowth);
    }

    /// <summary>Looks at something every 16 MB.</summary>
    private sealed class WatchedStream(Stream inner, Action look) : Stream
    {
        private long untilLook;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if ((untilLook -= read) <= 0)
            {
                untilLook = 16 << 20;
                look();
            }

            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
            // Nothing is ever written.
        }
    }
}
