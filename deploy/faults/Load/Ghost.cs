using System.Diagnostics;
using Gateway.Tests.Hosting;

namespace Faults.Load;

/// <summary>The cookies of somebody who has logged out, tried again at both gateways: nobody is to be taken for their owner.</summary>
internal sealed class Ghost(Crowd crowd, CookieJar cookies, string owner, int loggedOutBy)
{
    // Gateway:Session:CacheFor, the longest time that another gateway may trust its own copy, and a second for the way.
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(11);
    private static readonly TimeSpan Haunts = TimeSpan.FromSeconds(18);

    /// <summary>Whose old cookies a request carries.</summary>
    public static readonly HttpRequestOptionsKey<string> Owner = new("owner");

    private readonly long loggedOutAt = Stopwatch.GetTimestamp();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (Stopwatch.GetElapsedTime(loggedOutAt) < Haunts)
            {
                for (var node = 0; node < crowd.Stage.Nodes.Count; node++)
                    await TryAsync(node, cancellationToken);
                await Task.Delay(1500, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the load.
        }
    }

    private async Task TryAsync(int node, CancellationToken cancellationToken)
    {
        var tally = crowd.Tally;
        var errand = new Errand("/other/ghost", null);
        using var request = errand.ToRequest(cookies.HeaderFor("/"), isNavigation: false);
        request.Options.Set(Owner, owner);
        var answer = await crowd.SendAsync(tally, request, node, cancellationToken);
        // In an outage only the gateway that was told knows of the logout.
        if (answer.Status != 200 || (node != loggedOutBy && (crowd.Stage.IsRedisFaulty || Stopwatch.GetElapsedTime(loggedOutAt) < Trusted)))
            return;
        if (answer.Body.StartsWith(owner + "\n", StringComparison.Ordinal))
            tally.Add(Finding.Stale, $"{owner} by {node} {Stopwatch.GetElapsedTime(loggedOutAt).TotalSeconds:0.0} s after the logout by {loggedOutBy}");
        else
            tally.Add(Finding.WrongIdentity, $"'{answer.Body.Split('\n')[0]}' for the old cookies of '{owner}'");
    }
}
