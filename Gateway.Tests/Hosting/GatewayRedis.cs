using System.Diagnostics.Metrics;
using Gateway.Operations;
using Gateway.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Hosting;

/// <summary>The gateway's own connection to a test's keys, for tests of a store alone.</summary>
internal static class GatewayRedis
{
    // What it takes longer for than a visitor is to wait, the machine did, on which many tests run at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static RedisConnection Connect(RedisKeys keys) => Connect(keys.ConnectionString);

    /// <summary>To a Redis that nothing is the matter with.</summary>
    public static RedisConnection Connect(string configuration) => Connect(configuration, TimeProvider.System, NullLoggerFactory.Instance, Patience);

    /// <param name="clock">What outages are measured with.</param>
    public static RedisConnection Connect(string configuration, TimeProvider clock, ILoggerFactory loggers) =>
        Connect(configuration, clock, loggers, RedisOptions.Patience);

    private static RedisConnection Connect(string configuration, TimeProvider clock, ILoggerFactory loggers, TimeSpan patience)
    {
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        return new RedisConnection(
            configuration,
            new Gateway.Sessions.RedisKeys(new SessionSettings()),
            new GatewayMeter(services.GetRequiredService<IMeterFactory>()),
            new RedisBreaker(clock, loggers.CreateLogger<RedisBreaker>()),
            loggers.CreateLogger<RedisConnection>(),
            patience);
    }

    /// <summary>Gives a gateway the same patience with its own.</summary>
    public static void ConnectPatiently(this IServiceCollection gateway, string configuration) =>
        gateway.Replace(ServiceDescriptor.Singleton(services => new RedisConnection(
            configuration,
            services.GetRequiredService<Gateway.Sessions.RedisKeys>(),
            services.GetRequiredService<GatewayMeter>(),
            services.GetRequiredService<RedisBreaker>(),
            services.GetRequiredService<ILogger<RedisConnection>>(),
            Patience)));

    /// <summary>What the configuration check finds wrong with the user of a connection, or nothing.</summary>
    public static async Task<string?> FaultAsync(string configuration, CancellationToken cancellationToken)
    {
        await using var connection = Connect(configuration);
        return await connection.FindFaultAsync()
            ?? await new RedisRights(connection, new Gateway.Sessions.RedisKeys(new SessionSettings())).FaultAsync(cancellationToken);
    }
}
