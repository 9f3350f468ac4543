namespace Crowds;

/// <summary>The gateway that is measured, from outside.</summary>
internal sealed class Site(string url) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = new Uri(url),
        Timeout = TimeSpan.FromSeconds(30),
    };

    public async Task<string?> VisitAsync(Visitor visitor)
    {
        using var request = visitor.Request();
        using var answer = await client.SendAsync(request);
        return visitor.Fault((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => client.SendAsync(request);

    public void Dispose() => client.Dispose();
}
