using System.Net;
using Bench.Servers;

namespace Bench.Load;

/// <summary>Whether the site is told of the right user, and of nobody without the cookies.</summary>
internal sealed class UserCheck : IDisposable
{
    private const int Repeats = 8;

    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false });

    public async Task CheckAsync(Turn turn)
    {
        var (server, ask) = (turn.Server, turn.Ask);
        for (var number = 0; number < Repeats; number++)
        {
            var path = ask.Paths[number * ask.Paths.Count / Repeats];
            var answer = await AskAsync(server.At(path), ask, ask.CookiesAfter(server.Cookies));
            Demand(turn, answer == (HttpStatusCode.OK, server.User ?? "", ask.Answer), $"an answer for its user, but {answer}");
        }

        if (server.User is not null)
            Demand(turn, (await AskAsync(server.At(ask.Paths[^1]), ask, cookies: null)).Status is HttpStatusCode.Unauthorized, "401 for a stranger");
    }

    public void Dispose() => client.Dispose();

    private async Task<(HttpStatusCode Status, string User, int Length)> AskAsync(Uri url, Ask ask, string? cookies)
    {
        using var request = new HttpRequestMessage(new HttpMethod(ask.Method), url);
        if (ask.Body is { } size)
            request.Content = new ByteArrayContent(new byte[size]);
        foreach (var (name, value) in ask.Headers)
            request.Headers.Add(name, value);
        if (cookies is not null)
            request.Headers.Add("Cookie", cookies);
        using var response = await client.SendAsync(request);
        var user = response.Headers.TryGetValues(Site.SeenUser, out var values) ? string.Join(',', values) : "";
        return (response.StatusCode, user, (await response.Content.ReadAsStringAsync()).Length);
    }

    private static void Demand(Turn turn, bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"{turn.Name}: the site did not see what it should: {what}");
    }
}
