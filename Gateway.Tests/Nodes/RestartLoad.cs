using System.Collections.Concurrent;
using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Nodes;

/// <summary>Visitors who read and send all the time, and one more who logs in, reads and logs out again.</summary>
internal sealed class RestartLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(80);

    private readonly CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<Browser> browsers = [];
    private readonly Uri front;
    private Task running = Task.CompletedTask;
    private int served;
    private int logins;

    private RestartLoad(Uri front) => this.front = front;

    /// <summary>Answers that were not as they should be.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    public int Logins => Volatile.Read(ref logins);

    public static string Email(int number) => $"visitor{number}@example.org";

    public static async Task<RestartLoad> StartAsync(Uri front, int visitors)
    {
        var load = new RestartLoad(front);
        for (var number = 0; number < visitors; number++)
        {
            load.browsers.Add(new Browser(front));
            // Gateways that have just started on a busy machine may ask to come again; from here on they may not.
            await Eventually.TrueAsync(async () =>
            {
                using var answer = await load.browsers[number].LoginJsonAsync(Email(number), Stage.Password, remember: number % 2 == 0);
                return answer.IsSuccessStatusCode;
            });
        }

        load.running = Task.WhenAll([.. load.browsers.Select((browser, number) => load.ReadAsync(browser, number)), load.ComeAndGoAsync(visitors)]);
        return load;
    }

    /// <summary>Returns when so many more requests were answered for each visitor.</summary>
    public Task PassAsync(int requests)
    {
        var goal = Volatile.Read(ref served) + (requests * browsers.Count);
        return Eventually.TrueAsync(() => Volatile.Read(ref served) >= goal || !Faults.IsEmpty, TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        browsers.ForEach(browser => browser.Dispose());
        end.Dispose();
    }

    private async Task ReadAsync(Browser browser, int number)
    {
        using var timer = new PeriodicTimer(Pace);
        for (var turn = 0; await timer.WaitForNextTickAsync(end.Token); turn++)
            await VisitAsync(browser, number, turn % 4 == 0);
    }

    private async Task ComeAndGoAsync(int number)
    {
        while (true)
        {
            using var browser = new Browser(front);
            await CheckAsync($"login of {number}", () => browser.LoginJsonAsync(Email(number), Stage.Password, remember: true), answer => Task.FromResult(answer.StatusCode == HttpStatusCode.OK));
            Interlocked.Increment(ref logins);
            await VisitAsync(browser, number, sends: true);
            await CheckAsync($"logout of {number}", () => browser.FetchAsync("/_gateway/logout", HttpMethod.Post), answer => Task.FromResult(answer.StatusCode == HttpStatusCode.NoContent));
            await Task.Delay(Pace, end.Token);
        }
    }

    private Task VisitAsync(Browser browser, int number, bool sends) => CheckAsync(
        $"{(sends ? "POST" : "GET")} of {number}",
        () => sends ? browser.FetchAsync("/page", HttpMethod.Post, new StringContent("what was typed")) : browser.GetAsync("/page"),
        async answer => answer.StatusCode == HttpStatusCode.OK && (await EchoedRequest.OfAsync(answer)).Header("X-User-Id") == $"{number}");

    private async Task CheckAsync(string what, Func<Task<HttpResponseMessage>> send, Func<HttpResponseMessage, Task<bool>> isRight)
    {
        try
        {
            using var answer = await send();
            if (!await isRight(answer))
                Faults.Enqueue($"{what}: {(int)answer.StatusCode} {answer.Headers.Location}");
            Interlocked.Increment(ref served);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            Faults.Enqueue($"{what}: {exception.GetBaseException().Message}");
        }
    }
}
