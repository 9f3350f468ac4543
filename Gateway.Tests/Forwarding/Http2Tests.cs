using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Tests.Forwarding;

/// <summary>HTTP/2 from the client, agreed on in the TLS handshake, and to an application that wants it, such as one with gRPC.</summary>
public sealed class Http2Tests
{
    private const string Subject = "CN=localhost";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_ThatSpeaksHttp2_IsServedAndForgesNothing()
    {
        await using var site = await EchoSite.StartAsync();
        using var folder = new TempFolder();
        await using var gateway = await StartAsync(folder, new GatewaySettings().WithRoute("site", "/{**rest}", site.Address));
        using var client = NewClient(gateway);
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase", id: "42");
        var session = await SignInAsync(client);

        using var request = Over2(HttpMethod.Get, "/page?a=%20");
        request.Headers.TryAddWithoutValidation("Cookie", $"a=1; {session}; b=2");
        foreach (var name in ForgedIdentityTests.Spellings().Select(row => row.Data))
            request.Headers.TryAddWithoutValidation(name, "forged");
        using var response = await client.SendAsync(request, Cancel);
        var seen = await EchoedRequest.OfAsync(response);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(("/page?a=%20", "42", "a=1; b=2"), (seen.Target, seen.Header("X-User-Id"), seen.Header("Cookie")));
        Assert.Equal("https", seen.Header("X-Forwarded-Proto"));
        // Only the configured header is an identity here; its other spellings are what counts.
        Assert.DoesNotContain(seen.Headers, header => header.Key.Replace('-', '_').StartsWith("x_user_id", StringComparison.Ordinal) && header.Value[0] != "42");
    }

    [Fact]
    public async Task Stranger_WhoSpeaksHttp2_IsRefused()
    {
        await using var site = await EchoSite.StartAsync();
        using var folder = new TempFolder();
        await using var gateway = await StartAsync(folder, new GatewaySettings().WithRoute("site", "/{**rest}", site.Address));
        using var client = NewClient(gateway);

        using var response = await client.GetAsync(new Uri("/page", UriKind.Relative), Cancel);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpVersion.Version20), (response.StatusCode, response.Version));
        Assert.Empty(site.Requests);
    }

    [Fact]
    public async Task Call_ToAnHttp2Application_KeepsItsTrailers()
    {
        await using var site = await EchoSite.StartAsync(
            app => app.MapGet("/cookie", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("body", context.RequestAborted);
                context.Response.AppendTrailer("Set-Cookie", "gateway.sid=x");
                context.Response.AppendTrailer("grpc-message", "caf%C3%A9");
            }),
            HttpProtocols.Http2);
        using var folder = new TempFolder();
        await using var gateway = await StartAsync(folder, new GatewaySettings()
            .WithRoute("site", "/{**rest}", site.Address, "Anonymous")
            .With("ReverseProxy:Clusters:site:HttpRequest:Version", "2")
            .With("ReverseProxy:Clusters:site:HttpRequest:VersionPolicy", "RequestVersionExact"));
        using var client = NewClient(gateway);

        using var call = Over2(HttpMethod.Post, "/trailers");
        call.Content = new StringContent("message");
        call.Headers.TE.ParseAdd("trailers");
        using var response = await client.SendAsync(call, Cancel);
        using var cookie = await client.GetAsync(new Uri("/cookie", UriKind.Relative), Cancel);

        var seen = await EchoedRequest.OfAsync(response);
        Assert.Equal(("HTTP/2", "trailers", 7), (seen.Protocol, seen.Header("TE"), seen.BodyLength));
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
        Assert.Equal("grpc-message", Assert.Single(cookie.TrailingHeaders).Key);
    }

    private static HttpRequestMessage Over2(HttpMethod method, string path) =>
        new(method, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static async Task<string> SignInAsync(HttpClient client)
    {
        using var body = new StringContent("""{ "email": "ann@example.org", "password": "a long pass phrase" }""", null, "application/json");
        using var login = await client.PostAsync(new Uri("/_gateway/login", UriKind.Relative), body, Cancel);
        return login.SetCookies(Stage.SessionCookie).Single().Split(';')[0];
    }

    private static async Task<TestGateway> StartAsync(TempFolder folder, GatewaySettings settings)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(folder.File("tls.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(folder.File("tls.key"), key.ExportPkcs8PrivateKeyPem());
        return await TestGateway.StartAsync(settings
            .With("Kestrel:Endpoints:Public:Url", "https://127.0.0.1:0")
            .With("Kestrel:Endpoints:Public:Certificate:Path", folder.File("tls.crt"))
            .With("Kestrel:Endpoints:Public:Certificate:KeyPath", folder.File("tls.key")));
    }

    private static HttpClient NewClient(TestGateway gateway) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        // It signs itself.
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == Subject },
    })
    {
        BaseAddress = gateway.BaseAddress,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
