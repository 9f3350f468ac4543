using System.Diagnostics;

namespace Faults.Load;

/// <summary>Somebody who is logged in and reads on, whatever happens.</summary>
internal sealed class Visitor(Crowd crowd, Browser browser, Random random)
{
    private readonly long[] servedAt = new long[crowd.Stage.Nodes.Count];

    /// <summary>When the last request was sent, by either gateway, that was served as it should be; the earlier of both.</summary>
    public long ServedByAllAt => servedAt.Min();

    /// <summary>The session went with the data of Redis, no cookie remembers it, and the login has not succeeded yet.</summary>
    public bool HasToLogIn { get; private set; }

    public long LastRelogin { get; private set; }

    // Redis may lose everything at any time; a session that went with it, and that no cookie remembers, is rightly over.
    private bool MayBeLost => !browser.IsRemembered && browser.LoggedInAt < crowd.Stage.LostAt;

    public async Task RunAsync(TimeSpan pace, CancellationToken cancellationToken)
    {
        // Not all at once.
        await Task.Delay(pace * random.NextDouble(), cancellationToken);
        using var timer = new PeriodicTimer(pace);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await VisitAsync(cancellationToken);
    }

    private async Task VisitAsync(CancellationToken cancellationToken)
    {
        var (tally, node, errand) = (crowd.Tally, browser.NextNode(), Errand.Next(random));
        var (sid, start) = (browser.SessionId, Stopwatch.GetTimestamp());
        var answer = await browser.GoAsync(tally, errand, node, cancellationToken);
        if (Judge.IsServed(tally, errand, answer, browser.Account.Id, MayBeLost))
            Volatile.Write(ref servedAt[node], start);
        else if (!answer.AsksForLogin)
            Judge.Error(tally, $"{errand.Path} of {browser.Account.Id} by {node}", answer, errand.IsForApplication);
        else
            await LogInAgainAsync(tally, errand, node, sid, answer, cancellationToken);
    }

    private async Task LogInAgainAsync(Tally tally, Errand errand, int node, string? sid, Answer answer, CancellationToken cancellationToken)
    {
        HasToLogIn = MayBeLost && !await crowd.Stage.Primary.HasSessionAsync(sid ?? "").WaitAsync(cancellationToken);
        if (!HasToLogIn)
        {
            var kind = browser.IsRemembered ? "remembered" : "not remembered";
            tally.Add(Finding.LoginSeen, $"{browser.Account.Id} ({kind}) at {errand.Path} by {node}: {answer}");
        }

        while (!await browser.LogInAsync(cancellationToken))
            await Task.Delay(500, cancellationToken);
        if (HasToLogIn)
            LastRelogin = Stopwatch.GetTimestamp();
        HasToLogIn = false;
    }
}
