using System.Diagnostics;
using System.Net.Http.Headers;

namespace Gateway.Audit.Webhook;

/// <summary>The other end.</summary>
internal sealed class WebhookReceiver(WebhookSettings settings, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A redirect is no acknowledgement, and whoever is redirected to was not configured.
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Patience,
    };

    /// <summary>Why the events were not taken; null when they were.</summary>
    public async Task<string?> SendAsync(IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        var body = AuditJson.Batch(events);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(settings.Secret, clock.GetUtcNow(), body));
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds:0} seconds";
        }
    }

    public void Dispose() => client.Dispose();
}
