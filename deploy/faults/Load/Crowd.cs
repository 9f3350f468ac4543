using Faults.Servers;

namespace Faults.Load;

/// <summary>All who ask at the same time, at a steady pace.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int Strangers = 4;
    private const int Comers = 3;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource end = new();
    private readonly List<Visitor> visitors = [];
    private Tally tally = new(Excuses.None);
    private Task running = Task.CompletedTask;

    private Crowd(Stage stage) => Stage = stage;

    public Stage Stage { get; }

    /// <summary>Where what is sent from now on is counted.</summary>
    public Tally Tally
    {
        get => Volatile.Read(ref tally);
        set => Volatile.Write(ref tally, value);
    }

    public Tamper? Tamper { get; set; }

    public static IEnumerable<Account> AccountsFor(int visitors) => Enumerable.Range(0, visitors + Comers).Select(Account.Number);

    /// <summary>Logs everybody in, every second one remembered, and lets them begin.</summary>
    public static async Task<Crowd> StartAsync(Stage stage, int visitors, int seed)
    {
        var crowd = new Crowd(stage);
        var browsers = AccountsFor(visitors).Select((account, index) => new Browser(crowd, account, index % 2 == 0, new Random(seed + index))).ToList();
        await Parallel.ForEachAsync(browsers.Take(visitors), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (browser, cancellationToken) =>
        {
            for (var attempt = 0; !await browser.LogInAsync(cancellationToken); attempt++)
            {
                if (attempt == 5)
                    throw new InvalidOperationException($"Nobody can log in: {string.Join('\n', crowd.Tally.Examples)}");
                await Task.Delay(500, cancellationToken);
            }
        });
        crowd.Begin(browsers, visitors, seed);
        return crowd;
    }

    /// <summary>Whether each visitor who need not log in again was served by each gateway with a request sent after that moment.</summary>
    public bool IsServedSince(long moment) => visitors.TrueForAll(visitor => visitor.HasToLogIn || visitor.ServedByAllAt > moment);

    /// <summary>When the last of them had.</summary>
    public long LastRelogin => visitors.Max(visitor => visitor.LastRelogin);

    /// <summary>Whether all who had to log in again have.</summary>
    public bool IsLoggedIn => !visitors.Exists(visitor => visitor.HasToLogIn);

    public async Task<Answer> SendAsync(Tally counted, HttpRequestMessage request, int node, CancellationToken cancellationToken)
    {
        var answer = await Answer.OfAsync(Stage.Nodes[node].Door, request, cancellationToken);
        answer = Tamper?.Invoke(request, answer) ?? answer;
        counted.Answered(answer.Elapsed);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private void Begin(List<Browser> browsers, int count, int seed)
    {
        visitors.AddRange(browsers.Take(count).Select((browser, index) => new Visitor(this, browser, new Random(seed + (7 * index)))));
        var comers = browsers.Skip(count).Select((browser, index) => new Comer(this, browser, new Random(seed + (11 * index))));
        var strangers = Enumerable.Range(seed, Strangers).Select(own => new Stranger(this, new Random(own)));
        running = Task.WhenAll(
        [
            .. visitors.Select(visitor => visitor.RunAsync(Pace, end.Token)),
            .. comers.Select(comer => comer.RunAsync(4 * Pace, end.Token)),
            .. strangers.Select(stranger => stranger.RunAsync(2 * Pace, end.Token)),
        ]);
        _ = running.ContinueWith(Fail, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    // A check that broke must not pass for one that found nothing.
    private static void Fail(Task task) => Environment.FailFast("The load broke off", task.Exception);
}
