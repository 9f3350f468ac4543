using System.Net;
using System.Text.Json;

namespace Gateway.Tests.Hosting;

/// <summary>What tests ask of a page or an answer.</summary>
internal static class Answers
{
    /// <summary>As whom a page of <see cref="EchoSite"/> is seen; null when the gateway sends the visitor to the login page.</summary>
    public static async Task<string?> UserAtAsync(this Browser browser, string path = "/page")
    {
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.Found ? null : (await EchoedRequest.OfAsync(answer)).Header("X-User-Id");
    }

    public static async Task<string> TextAsync(this HttpResponseMessage answer) =>
        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.TextAsync());

    /// <summary>The answer's Set-Cookie lines for a cookie.</summary>
    public static IReadOnlyList<string> SetCookies(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues("Set-Cookie", out var lines)
            ? [.. lines.Where(line => line.StartsWith(name + "=", StringComparison.Ordinal))]
            : [];
}
