using System.Collections.Concurrent;
using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Engines;

/// <summary>Visitors who ask both nodes for pages without a pause, whatever happens, and whose every answer is looked at.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    // Often enough to meet every moment of a fail-over, and no load that would be part of what it takes.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(60);

    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<string> complaints = [];
    private readonly List<Visitor> visitors = [];
    private Task[] running = [];

    public IEnumerable<string> Users => visitors.Select(visitor => visitor.Id);

    /// <summary>Half of them remembered, each a user of their own.</summary>
    public static async Task<Crowd> GatherAsync(Stage stage, TestGateway other, int size)
    {
        var crowd = new Crowd();
        for (var number = 0; number < size; number++)
        {
            var (email, id) = ($"visitor{number}@example.org", $"{number + 100}");
            await stage.Gateway.AddUserAsync(email, Stage.Password, id);
            var browser = stage.Gateway.NewBrowser();
            var remembered = number % 2 == 0;
            using var answer = await browser.LoginJsonAsync(email, Stage.Password, remembered);
            answer.EnsureSuccessStatusCode();
            crowd.visitors.Add(new Visitor(id, remembered, [browser, browser.At(other.BaseAddress)]));
        }

        crowd.running = [.. crowd.visitors.SelectMany(visitor => visitor.Nodes.Select(node => Task.Run(() => crowd.GoOnAsync(visitor, node))))];
        await crowd.EverybodyServedAsync();
        return crowd;
    }

    /// <summary>All sessions but these users' are about to be lost: who is not remembered either may see the login page from now on.</summary>
    public void LoseAllBut(IReadOnlyCollection<string> users) =>
        visitors.ForEach(visitor => visitor.IsLost = !visitor.IsRemembered && !users.Contains(visitor.Id));

    /// <summary>Returns when everybody was served several times by both nodes, one answer after the other.</summary>
    public async Task EverybodyServedAsync(TimeSpan? within = null, IReadOnlyCollection<string>? users = null)
    {
        var awaited = visitors.Where(visitor => users?.Contains(visitor.Id) is not false && !visitor.IsLost).ToList();
        awaited.ForEach(visitor => visitor.Served.Clear());
        await Eventually.TrueAsync(() => awaited.TrueForAll(visitor => visitor.Nodes.All(node => visitor.Served.GetValueOrDefault(node) >= 5)), within);
        AssertNoComplaint();
    }

    /// <summary>How often these were told to come again.</summary>
    public int Refused(IReadOnlyCollection<string> users) => visitors.Where(visitor => users.Contains(visitor.Id)).Sum(visitor => visitor.Refusals);

    /// <summary>Nobody saw another's page or a login page, nobody lost a cookie, and nothing was refused but for now.</summary>
    public void AssertNoComplaint() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(running);
        end.Dispose();
        foreach (var node in visitors.SelectMany(visitor => visitor.Nodes))
            node.Dispose();
    }

    private async Task GoOnAsync(Visitor visitor, Browser node)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var answer = await node.GetAsync("/page");
                visitor.Served[node] = await IsServedAsync(visitor, answer) ? visitor.Served.GetValueOrDefault(node) + 1 : 0;
            }
            catch (Exception exception)
            {
                complaints.Enqueue(exception.ToString());
            }

            await Task.Delay(Pace, CancellationToken.None);
        }
    }

    private async Task<bool> IsServedAsync(Visitor visitor, HttpResponseMessage answer)
    {
        // A cookie that is taken away goes as one without a value.
        if (answer.SetCookies(Stage.SessionCookie).Concat(answer.SetCookies(Stage.RememberCookie)).FirstOrDefault(line => line.Contains("=;", StringComparison.Ordinal)) is { } deletion)
            complaints.Enqueue(deletion);
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null)
        {
            visitor.Refuse();
            return false;
        }

        if (answer.StatusCode is HttpStatusCode.Found && visitor.IsLost)
            return false;
        if (answer.StatusCode is not HttpStatusCode.OK)
            complaints.Enqueue($"{answer.StatusCode} for {visitor.Id}");
        else if ((await EchoedRequest.OfAsync(answer)).Header("X-User-Id") is var user && user != visitor.Id)
            complaints.Enqueue($"{user} instead of {visitor.Id}");
        return answer.StatusCode is HttpStatusCode.OK;
    }

    private sealed record Visitor(string Id, bool IsRemembered, Browser[] Nodes)
    {
        private int refusals;
        private volatile bool isLost;

        public bool IsLost
        {
            get => isLost;
            set => isLost = value;
        }

        public ConcurrentDictionary<Browser, int> Served { get; } = [];

        public int Refusals => Volatile.Read(ref refusals);

        public void Refuse() => Interlocked.Increment(ref refusals);
    }
}
