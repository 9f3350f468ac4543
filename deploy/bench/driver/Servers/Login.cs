using System.Net.Http.Json;
using Gateway.Tests.Hosting;

namespace Bench.Servers;

internal static class Login
{
    /// <summary>Logs in, and returns the cookies as a browser sends them from then on.</summary>
    public static async Task<string> CookiesAsync<T>(Uri url, T body)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false });
        using var response = await client.PostAsJsonAsync(url, body);
        response.EnsureSuccessStatusCode();
        var jar = new CookieJar(TimeProvider.System);
        foreach (var line in response.Headers.GetValues("Set-Cookie"))
            jar.Receive(line);
        return jar.HeaderFor("/page") ?? throw new InvalidOperationException($"{url} set no cookie");
    }
}
