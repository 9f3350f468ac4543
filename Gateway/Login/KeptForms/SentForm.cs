using Gateway.Forwarding;
using Gateway.Pages;
using Microsoft.Net.Http.Headers;

namespace Gateway.Login.KeptForms;

/// <summary>The body of a form, as far as one may be kept.</summary>
internal static class SentForm
{
    // Enough for a megabyte on a slow line, and not for holding connections.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What a person sent from a page, with one of the types that HTML has for it.</summary>
    public static bool Is(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.IsNavigation()
        && (request.HasFormContentType || IsPlainText(request))
        && request.Headers.ContentEncoding.Count == 0
        && ProxiedRoute.Of(request.HttpContext) is not null;

    /// <summary>Null when it is longer than the limit, or too slow, or did not come to its end.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ReadAsync(request.Body, limit, end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream body, int limit, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (content.Length + read > limit)
                return null;
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static bool IsPlainText(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase);
}
