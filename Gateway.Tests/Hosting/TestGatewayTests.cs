using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Hosting;

public sealed class TestGatewayTests
{
    [Fact]
    public async Task It_listens_for_real_with_the_settings_of_the_test()
    {
        var settings = new GatewaySettings().WithRoute("site", "/{**all}", new Uri("http://127.0.0.1:9/"), policy: "Anonymous");
        await using var gateway = await TestGateway.StartAsync(settings);
        var configuration = gateway.Services.GetRequiredService<IConfiguration>();

        Assert.True(await LoopbackPort.IsListeningAsync(gateway.BaseAddress.Port, TestContext.Current.CancellationToken));
        Assert.Equal("Anonymous", configuration["ReverseProxy:Routes:site:AuthorizationPolicy"]);
        Assert.Equal("http://127.0.0.1:9/", configuration["ReverseProxy:Clusters:site:Destinations:only:Address"]);
        Assert.Equal("Production", gateway.Services.GetRequiredService<IWebHostEnvironment>().EnvironmentName);
    }

    [Fact]
    public async Task Two_nodes_share_what_their_settings_name()
    {
        await using var first = await TestGateway.StartAsync(new GatewaySettings());
        await using var second = await TestGateway.StartAsync(first.Settings);
        await using var other = await TestGateway.StartAsync(new GatewaySettings());

        Assert.NotEqual(first.BaseAddress, second.BaseAddress);
        Assert.Equal(first.Settings.Values["ConnectionStrings:Users"], second.Settings.Values["ConnectionStrings:Users"]);
        Assert.NotEqual(first.Settings.Values["ConnectionStrings:Users"], other.Settings.Values["ConnectionStrings:Users"]);
    }

    [Fact]
    public async Task A_start_that_fails_says_why()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => TestGateway.StartAsync(
            new GatewaySettings(), services: services => services.AddSingleton<IHostedService>(_ => throw new InvalidOperationException("nonsense"))));

        Assert.Contains("nonsense", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_clock_is_the_test_s()
    {
        var clock = new TestClock();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings(), clock);

        Assert.Same(clock, gateway.Services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task A_changed_appsettings_file_is_read_again()
    {
        var settings = new GatewaySettings().WithAppSettings("""{ "Colour": "red" }""");
        await using var gateway = await TestGateway.StartAsync(settings);
        var configuration = gateway.Services.GetRequiredService<IConfiguration>();
        Assert.Equal("red", configuration["Colour"]);

        gateway.WriteAppSettings("""{ "Colour": "blue" }""");

        await Eventually.TrueAsync(() => configuration["Colour"] == "blue");
    }

    [Fact]
    public async Task What_it_logs_can_be_searched()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        var logger = gateway.Services.GetRequiredService<ILogger<TestGatewayTests>>();
        using var scope = logger.BeginScope(new Dictionary<string, object?> { ["Of"] = "scope-secret" });

        logger.Log(LogLevel.Warning, new EventId(7, "Seventh"), "state-secret", new IOException("error-secret"), (_, _) => "Message");

        Assert.Same(Assert.Single(gateway.Logs.Of(7)), Assert.Single(gateway.Logs.Of("Seventh")));
        Assert.Single(gateway.Logs.Containing("state-secret"));
        Assert.Single(gateway.Logs.Containing("scope-secret"));
        Assert.Single(gateway.Logs.Containing("error-secret"));
    }
}
