using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace Micro;

/// <summary>In place of the connection to an application: 1 KiB at once, with the user it was told of in the reason phrase.</summary>
internal sealed class Application : HttpMessageHandler, IForwarderHttpClientFactory
{
    private static readonly byte[] Page = new byte[1024];

    public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) => new(this);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var user = request.Headers.NonValidated.TryGetValues("X-User-Id", out var values) ? values.ToString() : "nobody";
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Page), ReasonPhrase = user });
    }
}
