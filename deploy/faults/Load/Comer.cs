namespace Faults.Load;

/// <summary>Somebody who logs in, looks around and logs out, again and again; each time their old cookies are tried.</summary>
internal sealed class Comer(Crowd crowd, Browser browser, Random random)
{
    public async Task RunAsync(TimeSpan pace, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(pace, cancellationToken);
            if (!await browser.LogInAsync(cancellationToken))
                continue;
            for (var visit = 0; visit < 4; visit++)
            {
                await LookAsync(cancellationToken);
                await Task.Delay(pace / 4, cancellationToken);
            }

            var cookies = browser.CopyCookies();
            if (await browser.LogOutAsync(cancellationToken) is { } node)
                _ = new Ghost(crowd, cookies, browser.Account.Id, node).RunAsync(cancellationToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var (tally, errand) = (crowd.Tally, Errand.Next(random));
        var answer = await browser.GoAsync(tally, errand, browser.NextNode(), cancellationToken);
        // Redis may have lost the session between; the next round logs in anyway.
        if (!Judge.IsServed(tally, errand, answer, browser.Account.Id, mayBeLost: true) && !answer.AsksForLogin)
            Judge.Error(tally, $"{errand.Path} of {browser.Account.Id}", answer, errand.IsForApplication);
    }
}
