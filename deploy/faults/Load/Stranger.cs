namespace Faults.Load;

/// <summary>Somebody without cookies: public pages are served as nobody's, all others ask for a login.</summary>
internal sealed class Stranger(Crowd crowd, Random random)
{
    public async Task RunAsync(TimeSpan pace, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(pace);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var (tally, errand) = (crowd.Tally, Errand.Next(random));
            using var request = errand.ToRequest(cookies: null, isNavigation: random.Next(2) == 0);
            var answer = await crowd.SendAsync(tally, request, random.Next(crowd.Stage.Nodes.Count), cancellationToken);
            if (errand.IsPublic ? !Judge.IsServed(tally, errand, answer, owner: "") : !answer.AsksForLogin)
                Judge.Error(tally, $"{errand.Path} of a stranger", answer, errand.IsForApplication);
        }
    }
}
