using System.Globalization;

namespace Gateway.Tests.Hosting;

/// <summary>Reads one HTTP/1.1 message after another from a connection.</summary>
internal sealed class RawMessageReader(Stream stream)
{
    private readonly RawReader reader = new(stream);

    public ValueTask<byte[]> RestAsync(CancellationToken cancellationToken) => reader.RestAsync(cancellationToken);

    public ValueTask<byte[]> BytesAsync(int count, CancellationToken cancellationToken) => reader.BytesAsync(count, cancellationToken);

    /// <summary>The next request, or null when the peer has closed.</summary>
    public Task<RawMessage?> RequestAsync(CancellationToken cancellationToken) => ReadAsync(Framing.Request, cancellationToken);

    /// <summary>The next response, or null when the peer has closed.</summary>
    public Task<RawMessage?> ResponseAsync(bool toHead, CancellationToken cancellationToken) =>
        ReadAsync(toHead ? Framing.HeadResponse : Framing.Response, cancellationToken);

    private async Task<RawMessage?> ReadAsync(Framing framing, CancellationToken cancellationToken)
    {
        if (await reader.LineAsync(cancellationToken) is not { } startLine)
            return null;
        var headers = await LinesAsync(cancellationToken);
        var head = new RawMessage(startLine, headers, [], [], []);
        var (body, trailers) = await BodyAsync(head, framing, cancellationToken);
        return head with { Body = body, TrailerLines = trailers, Bytes = reader.Taken() };
    }

    private async Task<(byte[] Body, IReadOnlyList<string> Trailers)> BodyAsync(
        RawMessage head, Framing framing, CancellationToken cancellationToken)
    {
        if (framing == Framing.HeadResponse || (framing == Framing.Response && head.Status is < 200 or 204 or 304))
            return ([], []);
        if (head.Values("Transfer-Encoding").Any(coding => coding.EndsWith("chunked", StringComparison.OrdinalIgnoreCase)))
            return await ChunksAsync(cancellationToken);
        if (head.Values("Content-Length") is [var length, ..])
            return (await reader.BytesAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellationToken), []);
        return framing == Framing.Request ? ([], []) : (await reader.RestAsync(cancellationToken), []);
    }

    private async Task<(byte[] Body, IReadOnlyList<string> Trailers)> ChunksAsync(CancellationToken cancellationToken)
    {
        var body = new List<byte>();
        while (true)
        {
            var size = await reader.LineAsync(cancellationToken) ?? throw new EndOfStreamException("No last chunk");
            var count = int.Parse(size.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (count == 0)
                return ([.. body], await LinesAsync(cancellationToken));
            body.AddRange(await reader.BytesAsync(count, cancellationToken));
            await reader.LineAsync(cancellationToken);
        }
    }

    private async Task<List<string>> LinesAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await reader.LineAsync(cancellationToken) is { Length: > 0 } line)
            lines.Add(line);
        return lines;
    }

    private enum Framing
    {
        Request,
        Response,
        HeadResponse,
    }
}
