using System.Net.Sockets;
using Gateway.Operations.Management.Metrics;

namespace Gateway.Operations.Management;

/// <summary>
/// A server of its own beside the public one, so that no route, header or path of a visitor can lead here. It begins before the
/// public listener opens and outlives it, and tells a balancer meanwhile to send nobody.
/// </summary>
internal sealed class ManagementListener(
    ManagementSettings settings,
    ManagementAddress address,
    ManagementEndpoints endpoints,
    MetricsCollector metrics,
    GatewayMeter meter,
    IConfiguration configuration,
    IHostEnvironment environment,
    ILogger<ManagementListener> logger) : IHostedService, IAsyncDisposable
{
    private WebApplication? app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!settings.IsOn)
            return;

        metrics.Start();
        meter.ShowZeros();
        app = ManagementServer.Build(settings.Url, endpoints.AnswerAsync, configuration, environment);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidOperationException)
        {
            throw new ConfigurationException(
                $"{ManagementSettings.UrlKey}: can't listen on {settings.Url}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }

        address.Url = new Uri(app.Urls.First());
        logger.ManagementListens(address.Url);
    }

    public Task StopAsync(CancellationToken cancellationToken) => app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;
}
