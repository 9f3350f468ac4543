using System.Net;
using Bench.Servers;

namespace Bench.Load;

/// <summary>Whether the site is told of the right user, and of nobody without the cookies.</summary>
internal sealed class UserCheck : IDisposable
{
    private const int Repeats = 8;

    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false });

    public async Task CheckAsync(Contender row)
    {
        for (var number = 0; number < Repeats; number++)
            Demand(row, await AskAsync(row, row.Cookies) == (HttpStatusCode.OK, row.User ?? "", 1024), "an answer for its user");
        if (row.User is not null)
            Demand(row, (await AskAsync(row, cookies: null)).Status is HttpStatusCode.Unauthorized, "401 for a stranger");
    }

    public void Dispose() => client.Dispose();

    private async Task<(HttpStatusCode Status, string User, int Length)> AskAsync(Contender row, string? cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, row.Url);
        if (cookies is not null)
            request.Headers.Add("Cookie", cookies);
        using var response = await client.SendAsync(request);
        var user = response.Headers.TryGetValues(Site.SeenUser, out var values) ? string.Join(',', values) : "";
        return (response.StatusCode, user, (await response.Content.ReadAsStringAsync()).Length);
    }

    private static void Demand(Contender row, bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"{row.Name}: the site did not see what it should: {what}");
    }
}
