using System.Text;

namespace Gateway.Tests.Hosting;

/// <summary>Reads a stream by lines and by counts, and keeps every byte it took.</summary>
internal sealed class RawReader(Stream stream)
{
    private readonly byte[] buffer = new byte[16 * 1024];
    private readonly List<byte> taken = [];
    private int start;
    private int end;

    /// <summary>The bytes read since the last call.</summary>
    public byte[] Taken()
    {
        byte[] bytes = [.. taken];
        taken.Clear();
        return bytes;
    }

    /// <summary>The next line without its ending, or null at the end of the stream.</summary>
    public async ValueTask<string?> LineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (await ByteAsync(cancellationToken) is { } next)
        {
            if (next == '\n')
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            line.Add(next);
        }

        return line.Count == 0 ? null : throw new EndOfStreamException("The connection ended within a line");
    }

    public async ValueTask<byte[]> BytesAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var next = await ChunkAsync(count - filled, cancellationToken);
            if (next.IsEmpty)
                throw new EndOfStreamException($"The connection ended after {filled} of {count} bytes");
            next.CopyTo(bytes.AsMemory(filled));
            filled += next.Length;
        }

        return bytes;
    }

    public async ValueTask<byte[]> RestAsync(CancellationToken cancellationToken)
    {
        using var rest = new MemoryStream();
        while (await ChunkAsync(buffer.Length, cancellationToken) is { IsEmpty: false } next)
            rest.Write(next.Span);
        return rest.ToArray();
    }

    private async ValueTask<byte?> ByteAsync(CancellationToken cancellationToken) =>
        await ChunkAsync(1, cancellationToken) is { IsEmpty: false } next ? next.Span[0] : null;

    private async ValueTask<ReadOnlyMemory<byte>> ChunkAsync(int atMost, CancellationToken cancellationToken)
    {
        if (start == end)
        {
            start = 0;
            end = await stream.ReadAsync(buffer, cancellationToken);
        }

        var chunk = buffer.AsMemory(start, Math.Min(atMost, end - start));
        start += chunk.Length;
        taken.AddRange(chunk.Span);
        return chunk;
    }
}
