using Gateway.Operations.Management;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Tests.Operations.Management;

/// <summary>Asks whether the gateway is ready while its start waits for the answer.</summary>
internal sealed class AskedWhileStarting : IHostedService
{
    private IServiceProvider? services;

    public HttpResponseMessage? Answer { get; private set; }

    public AskedWhileStarting With(IServiceProvider provider)
    {
        services = provider;
        return this;
    }

    public async Task StartAsync(CancellationToken cancellationToken) =>
        Answer = await ManagementRequests.AskAsync(new Uri(services!.GetRequiredService<ManagementAddress>().Url!, "/health/ready"));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
