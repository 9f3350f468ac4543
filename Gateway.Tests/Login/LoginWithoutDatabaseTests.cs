using System.Net;
using AngleSharp.Html.Parser;
using Gateway.Login.Throttle;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Tests.Login;

/// <summary>Whoever logs in by the form while the user database fails has to type the password again, and nothing else.</summary>
[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class LoginWithoutDatabaseTests(SharedRedis redis)
{
    private readonly SqlitePragma pragma = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheForm_KeepsWhatWasTypedButThePassword_AndLogsInAfterwards(bool itCanBeRead)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), services: services =>
            services.ConfigureDbContext<UserDatabase>(options => options.AddInterceptors(pragma)));
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login?returnUrl=%2Fthere");
        var received = browser.Cookies.Received.Count;
        await BreakAsync(stage, itCanBeRead);

        using var answer = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true, returnUrl: "/there?a=1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(received, browser.Cookies.Received.Count);
        var text = await answer.TextAsync();
        using var document = new HtmlParser().ParseDocument(text);
        Assert.Equal(Stage.Email, document.QuerySelector("input[name=email]")!.GetAttribute("value"));
        Assert.Equal("/there?a=1", document.QuerySelector("input[name=returnUrl]")!.GetAttribute("value"));
        Assert.True(document.QuerySelector("input[name=remember]")!.HasAttribute("checked"));
        Assert.NotNull(document.QuerySelector("[role=alert]"));
        Assert.DoesNotContain(Stage.Password, text, StringComparison.Ordinal);
        Assert.Single(stage.Gateway.Logs.Of(itCanBeRead ? "DependencyFailed" : "DatabaseAway"));

        await RepairAsync(stage, itCanBeRead);
        var form = await HtmlForm.ReadAsync(answer, "input[name=password]");
        (form.Fields["email"], form.Fields["password"]) = (Stage.Email, Stage.Password);
        await Eventually.TrueAsync(async () => (await browser.SubmitAsync(form.Action, form.Fields)).StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    public async Task Passkeys_ThatNobodyCouldLookAt_CostTheirAddressNothing()
    {
        await using var stage = await Stage.StartAsync(
            keys: null, settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8").With("Gateway:Login:MaxFailuresPerAddress", "1"));
        using var browser = stage.Gateway.NewBrowser();
        await BreakAsync(stage, itCanBeRead: false);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var page = await browser.GetAsync("/_gateway/login?returnUrl=%2Fpage");
            var form = await HtmlForm.ReadAsync(page, "form[data-passkey] button");
            // Of user 42, whoever that is: their passkeys are looked for before anything is checked.
            form.Fields["credential"] = """
                {"id":"AA","rawId":"AA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA","userHandle":"NDI"}}
                """;
            using var request = browser.Navigation(HttpMethod.Post, form.Action);
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
            request.Content = new FormUrlEncodedContent(form.Fields);
            using var answer = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }

    // The address is forgiven beside the hashing; what becomes of that is not left to itself.
    [Fact]
    public async Task Login_ToALockedAccount_IsNotAnsweredBeforeItsAddressIsForgiven()
    {
        var attempts = new SlowToForgive();
        await using var stage = await Stage.StartAsync(
            keys: null,
            settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8").With("Gateway:Login:MaxFailures", "1"),
            services: services => services.Replace(ServiceDescriptor.Singleton<IAttemptCounter>(attempts)));
        using var browser = stage.Gateway.NewBrowser();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser));
        await BreakAsync(stage, itCanBeRead: false);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(browser));

        Assert.Equal((1, 1), (attempts.Begun, attempts.Done));
    }

    private static async Task<HttpStatusCode> StatusAsync(Browser browser)
    {
        using var request = browser.Request(HttpMethod.Post, "/_gateway/login");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Content = System.Net.Http.Json.JsonContent.Create(new { email = Stage.Email, password = "wrong pass phrase" });
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }

    private Task BreakAsync(Stage stage, bool itCanBeRead)
    {
        if (!itCanBeRead)
            return ExecuteAsync(stage, "ALTER TABLE Users RENAME TO Away");
        pragma.Text = SqlitePragma.ReadOnly;
        return Task.CompletedTask;
    }

    private Task RepairAsync(Stage stage, bool itCanBeRead)
    {
        pragma.Text = SqlitePragma.None;
        return itCanBeRead ? Task.CompletedTask : ExecuteAsync(stage, "ALTER TABLE Away RENAME TO Users");
    }

    private static Task<int> ExecuteAsync(Stage stage, string sql) =>
        stage.Gateway.InDatabaseAsync(database => database.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken));

    /// <summary>Counts as the process does, and takes a moment to take back.</summary>
    private sealed class SlowToForgive : IAttemptCounter
    {
        private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

        public int Begun { get; private set; }

        public int Done { get; private set; }

        public Task<AttemptCount> AddAsync(string name, int prolongTo, TimeSpan window, CancellationToken cancellationToken)
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
            return Task.FromResult(new AttemptCount(counts[name], window));
        }

        public async Task TakeBackAsync(string name, CancellationToken cancellationToken)
        {
            Begun++;
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellationToken);
            Done++;
        }

        public Task<AttemptCount?> LookAsync(string name, CancellationToken cancellationToken) => Task.FromResult<AttemptCount?>(null);

        public Task ClearAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
