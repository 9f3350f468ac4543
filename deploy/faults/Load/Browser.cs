using System.Diagnostics;
using System.Net.Http.Json;
using Faults.Servers;
using Gateway.Tests.Hosting;

namespace Faults.Load;

/// <summary>The browser of one user, which comes in by either gateway in turn.</summary>
internal sealed class Browser(Crowd crowd, Account account, bool isRemembered, Random random)
{
    public const string SessionCookie = "gateway.sid";

    private readonly CookieJar jar = new(TimeProvider.System);
    private int turn = random.Next(2);

    public Account Account => account;

    public bool IsRemembered => isRemembered;

    public string? SessionId => jar[SessionCookie];

    /// <summary>When the login was answered that its session comes from.</summary>
    public long LoggedInAt { get; private set; }

    public int NextNode() => turn++ % crowd.Stage.Nodes.Count;

    public CookieJar CopyCookies() => jar.Copy();

    public async Task<bool> LogInAsync(CancellationToken cancellationToken)
    {
        var tally = crowd.Tally;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_gateway/login")
        {
            Content = JsonContent.Create(new { email = account.Email, password = Stage.Password, remember = isRemembered }),
        };
        var answer = await SendAsync(tally, request, NextNode(), isLogout: false, cancellationToken);
        if (answer.Status != 200)
        {
            Judge.Error(tally, $"login of {account.Id}", answer, isForApplication: false, isLogin: true);
            return false;
        }

        LoggedInAt = Stopwatch.GetTimestamp();
        return true;
    }

    /// <summary>Returns the gateway that was asked, or null when it could not.</summary>
    public async Task<int?> LogOutAsync(CancellationToken cancellationToken)
    {
        var (tally, node) = (crowd.Tally, NextNode());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_gateway/logout") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Accept", "application/json");
        var answer = await SendAsync(tally, request, node, isLogout: true, cancellationToken);
        if (answer.Status == 204)
            return node;
        Judge.Error(tally, $"logout of {account.Id}", answer, isForApplication: false);
        return null;
    }

    public async Task<Answer> GoAsync(Tally tally, Errand errand, int node, CancellationToken cancellationToken)
    {
        using var request = errand.ToRequest(jar.HeaderFor(errand.Path), isNavigation: errand.Body is null && random.Next(2) == 0);
        return await SendAsync(tally, request, node, isLogout: false, cancellationToken);
    }

    private async Task<Answer> SendAsync(Tally tally, HttpRequestMessage request, int node, bool isLogout, CancellationToken cancellationToken)
    {
        if (!request.Headers.Contains("Cookie") && jar.HeaderFor("/_gateway/login") is { } cookies)
            request.Headers.Add("Cookie", cookies);
        var answer = await crowd.SendAsync(tally, request, node, cancellationToken);
        foreach (var line in answer.SetCookies)
        {
            if (!isLogout && Judge.Destroys(line, out var name))
                tally.Add(Finding.CookieDestroyed, $"{name} of {account.Id} by {request.Method} {request.RequestUri} ({answer})");
            jar.Receive(line);
        }

        return answer;
    }
}
