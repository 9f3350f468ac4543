using System.Net.Http.Headers;

namespace Gateway.Tests.Hosting;

/// <summary>A visitor's browser: its own cookies, its own fetch metadata, and no redirect followed unless asked.</summary>
internal sealed class Browser(Uri site, CookieJar cookies) : IDisposable
{
    // Proxies, cookies and redirects of HttpClient's own would blur what is asserted. A connection serves one request: a test that moves
    // the clock right after an answer may outrun the server's own end of that request, and a connection cut for it must harm nobody.
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        // Whoever asks first waits for the answer: on a busy machine it takes longer than the second that is usual.
        Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
    })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Browser(Uri site, TimeProvider? clock = null) : this(site, new CookieJar(clock ?? TimeProvider.System))
    {
    }

    public CookieJar Cookies => cookies;

    /// <summary>Where the gateway's own pages are.</summary>
    public string Prefix { get; init; } = "/_gateway";

    public string Origin => site.GetLeftPart(UriPartial.Authority);

    /// <summary>A click on a link or a typed address.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(Navigation(HttpMethod.Get, path));

    /// <summary>What a script's fetch() sends.</summary>
    public Task<HttpResponseMessage> FetchAsync(string path, HttpMethod? method = null, HttpContent? content = null)
    {
        var request = Request(method ?? HttpMethod.Get, path);
        request.Content = content;
        request.Headers.Accept.ParseAdd("application/json");
        Metadata(request, "cors", "empty", "same-origin");
        if (request.Method != HttpMethod.Get)
            request.Headers.Add("Origin", Origin);
        return SendAsync(request);
    }

    /// <summary>A submitted form.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var request = Navigation(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(fields);
        request.Headers.Add("Origin", Origin);
        return SendAsync(request);
    }

    /// <summary>The page to which the answer to a form of this site leads.</summary>
    public Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer) => VisitAsync(answer.Headers.Location!.OriginalString, "same-origin");

    /// <summary>A navigation with every redirect followed.</summary>
    /// <param name="from">The site of the page with the link; none where the address was typed.</param>
    public async Task<HttpResponseMessage> VisitAsync(string path, string from = "none")
    {
        var response = await SendAsync(Navigation(HttpMethod.Get, path, from));
        for (var hops = 0; response.Headers.Location is { } location; hops++)
        {
            if (hops == 10)
                throw new InvalidOperationException($"Too many redirects, the last to {location}");
            var next = PathOf(location.OriginalString, response.RequestMessage!.RequestUri!);
            response.Dispose();
            response = await SendAsync(Navigation(HttpMethod.Get, next, from));
        }

        return response;
    }

    /// <summary>Any request, with this browser's cookies; the answer's cookies are kept.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        if (cookies.HeaderFor(request.RequestUri!.PathAndQuery) is { } header)
            request.Headers.TryAddWithoutValidation("Cookie", header);
        var response = await client.SendAsync(request, completion, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var lines))
            lines.ToList().ForEach(cookies.Receive);
        return response;
    }

    /// <summary>A request that says itself which cookies it sends; the answer's are not kept.</summary>
    public Task<HttpResponseMessage> SendPlainAsync(HttpRequestMessage request) => client.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>A request whose path goes out as it is written: no dot segment resolved, nothing decoded.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, new Uri(Origin + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    public HttpRequestMessage Navigation(HttpMethod method, string path, string from = "none")
    {
        var request = Request(method, path);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        Metadata(request, "navigate", "document", method == HttpMethod.Get ? from : "same-origin");
        return request;
    }

    /// <summary>The path a link or a form leads to from a page; away from this site is an error.</summary>
    public string PathOf(string link, Uri page)
    {
        if (link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal))
            return link;
        var target = new Uri(new Uri(page.AbsoluteUri), link);
        return target.GetLeftPart(UriPartial.Authority) == Origin
            ? target.PathAndQuery
            : throw new InvalidOperationException($"{page} leads away to {target}");
    }

    /// <summary>The same visitor at another address: the next node, or the gateway after it came back.</summary>
    public Browser At(Uri address) => new(address, cookies) { Prefix = Prefix };

    /// <summary>Closes the browser and opens it again.</summary>
    public void Close() => cookies.ForgetSessionCookies();

    public void Dispose() => client.Dispose();

    private static void Metadata(HttpRequestMessage request, string mode, string destination, string site)
    {
        request.Headers.Add("Sec-Fetch-Mode", mode);
        request.Headers.Add("Sec-Fetch-Dest", destination);
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("TestBrowser", "1.0"));
    }
}
