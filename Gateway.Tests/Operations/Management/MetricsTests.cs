using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Operations.Management;

public sealed class MetricsTests(SharedRedis shared)
{
    private const string Email = "ann@example.org";
    private const string Password = "a long pass phrase";

    [Fact]
    public async Task Metrics_AfterALogin_CountIt()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRedis(shared.NewKeys()));
        await gateway.AddUserAsync(Email, Password);
        using var browser = gateway.NewBrowser();
        var before = await gateway.MetricsAsync();

        using var refused = await browser.LoginJsonAsync(Email, "a wrong pass phrase");
        using var first = await browser.LoginJsonAsync(Email, Password);
        using var second = await browser.LoginJsonAsync(Email, Password);

        var after = await gateway.MetricsAsync();
        Assert.Equal(0, before.Samples["gateway_logins_total{result=\"success\"}"]);
        Assert.Equal(2, after.Samples["gateway_logins_total{result=\"success\"}"]);
        Assert.Equal(1, after.Samples["gateway_logins_total{result=\"refused\"}"]);
        Assert.Equal(2, after.Samples["gateway_sessions_begun_total{restored=\"false\"}"]);
        Assert.Equal(1, after.Samples["gateway_sessions_ended_total"]);
        Assert.True(after.Samples["gateway_store_duration_seconds_count"] > 0);
    }

    [Fact]
    public async Task Metrics_AfterARememberedBrowserCameBack_CountTheRestoredSession()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**all}", site.Address));
        await gateway.AddUserAsync(Email, Password);
        using var browser = gateway.NewBrowser();
        using var login = await browser.LoginJsonAsync(Email, Password, remember: true);

        browser.Close();
        using var page = await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(1, (await gateway.MetricsAsync()).Samples["gateway_sessions_begun_total{restored=\"true\"}"]);
    }

    [Fact]
    public async Task Metrics_AfterAnOperatorRevokedAUser_CountTheEndedSession()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync(Email, Password);
        using var browser = gateway.NewBrowser();
        using var login = await browser.LoginJsonAsync(Email, Password);

        await gateway.ChangeUserAsync(Email, (accounts, user) => accounts.RevokeAsync(user));

        await Eventually.TrueAsync(async () => (await gateway.MetricsAsync()).Samples["gateway_sessions_ended_total"] > 0);
    }

    [Fact]
    public async Task Metrics_WithRedisKilled_CountTheQuestionsThatFailed()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRedis(redis.Keys()));
        using var browser = gateway.NewBrowser();
        await redis.StopAsync();

        using var login = await browser.LoginJsonAsync(Email, Password);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, login.StatusCode);
        Assert.True((await gateway.MetricsAsync()).Samples["gateway_store_unavailable_total"] > 0);
    }

    [Fact]
    public async Task Metrics_OfRequests_NameTheRouteAndNothingVisitorsChoose()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/pages/{**all}", site.Address, "Anonymous"));
        using var browser = gateway.NewBrowser();
        using var request = browser.Request(HttpMethod.Get, "/pages/a-chosen-path?a-chosen-query");
        request.Headers.Host = "a-chosen-host";
        using var odd = browser.Request(new HttpMethod("CHOSEN"), "/pages/x");

        using var page = await browser.SendAsync(request);
        using var oddPage = await browser.SendAsync(odd);

        const string Series = "{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/pages/{**all}\"";
        await Eventually.TrueAsync(async () =>
            (await gateway.MetricsAsync()).Samples.GetValueOrDefault($"http_server_request_duration_seconds_bucket{Series},le=\"+Inf\"}}") == 1);
        Assert.DoesNotContain((await gateway.MetricsAsync()).Samples.Keys, key => key.Contains("chosen", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Metrics_OfManyKinds_AreWellFormed()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**all}", site.Address, "Anonymous"));
        using var browser = gateway.NewBrowser();
        using var page = await browser.GetAsync("/");

        using var response = await gateway.AskManagementAsync("/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var types = new Exposition(await response.TextAsync()).Types;
        Assert.Equal("counter", types["gateway_logins_total"]);
        Assert.Equal("gauge", types["http_server_active_requests"]);
        Assert.Equal("gauge", types["kestrel_active_connections"]);
        Assert.Equal("histogram", types["http_server_request_duration_seconds"]);
        Assert.Equal("counter", types["dotnet_gc_heap_total_allocated_bytes_total"]);
        Assert.Equal("gauge", types["dotnet_thread_pool_thread_count"]);
        Assert.Equal("gauge", types["dotnet_process_memory_working_set_bytes"]);
    }

    [Fact]
    public async Task Metrics_OfOneGateway_KnowNeitherAnotherNorTheScrapesThemselves()
    {
        await using var other = await TestGateway.StartAsync(new GatewaySettings());
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        using var browser = other.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login");

        await gateway.MetricsAsync();
        var metrics = await gateway.MetricsAsync();

        Assert.Empty(metrics.SamplesOf("http_server_request_duration_seconds_count"));
        await Eventually.TrueAsync(async () => (await other.MetricsAsync()).SamplesOf("http_server_request_duration_seconds_count").Any());
    }
}
