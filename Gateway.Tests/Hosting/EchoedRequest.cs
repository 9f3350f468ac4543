using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Hosting;

/// <summary>A request as it reached <see cref="EchoSite"/>.</summary>
/// <param name="Target">The raw request target, nothing decoded.</param>
/// <param name="Headers">In lower case, each with all its values.</param>
internal sealed record EchoedRequest(
    string Method, string Target, string Protocol, Dictionary<string, string[]> Headers, long BodyLength, string BodySha256)
{
    /// <summary>The header's value, its values joined, or null.</summary>
    public string? Header(string name) =>
        Headers.TryGetValue(name.ToLowerInvariant(), out var values) ? string.Join(", ", values) : null;

    /// <summary>The request that a response of the echo site tells of.</summary>
    public static async Task<EchoedRequest> OfAsync(HttpResponseMessage response) =>
        await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<EchoedRequest>(TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException("The response holds no echoed request");

    public static async Task<EchoedRequest> ReadAsync(HttpRequest request)
    {
        var (length, sha256) = await DigestAsync(request.Body, request.HttpContext.RequestAborted);
        var headers = request.Headers.ToDictionary(
            header => header.Key.ToLowerInvariant(), header => header.Value.Select(value => value ?? "").ToArray(), StringComparer.Ordinal);
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new EchoedRequest(request.Method, target, request.Protocol, headers, length, sha256);
    }

    /// <summary>The response that tells of it.</summary>
    public Task WriteAsync(HttpContext context) => context.Response.WriteAsJsonAsync(this, JsonSerializerOptions.Web, context.RequestAborted);

    /// <summary>The length of a stream and its digest, without keeping it.</summary>
    public static async Task<(long Length, string Sha256)> DigestAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long length = 0;
        while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            length += read;
        }

        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
