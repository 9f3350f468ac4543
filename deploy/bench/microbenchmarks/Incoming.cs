using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Micro;

/// <summary>Requests as a server hands them over.</summary>
internal static class Incoming
{
    public static FeatureCollection Get(string path, string? cookies)
    {
        var features = Request("GET", path);
        if (cookies is not null)
            features.GetRequiredFeature<IHttpRequestFeature>().Headers.Cookie = cookies;
        return features;
    }

    public static FeatureCollection Post(string path, byte[] json)
    {
        var features = Request("POST", path);
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        request.Headers.ContentType = "application/json";
        request.Headers.ContentLength = json.Length;
        request.Body = new MemoryStream(json);
        features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
        return features;
    }

    private static FeatureCollection Request(string method, string path)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = method,
            Protocol = HttpProtocol.Http11,
            Scheme = "http",
            Path = path,
            RawTarget = path,
            Headers = new HeaderDictionary { ["Host"] = "site.example.org" },
        });
        features.Set<IHttpResponseFeature>(new Answer());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return features;
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
