using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging;
using GatewayKeys = Gateway.Sessions.RedisKeys;

namespace Gateway.Tests.Sessions;

public sealed class RevocationListenerTests
{
    [Fact]
    public async Task Redis_ThatStopsAnsweringBeforeTheSubscription_EndsNoGateway()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var connection = GatewayRedis.Connect(server.ConnectionString + ",asyncTimeout=500");
        await connection.MultiplexerAsync();
        var settings = new SessionSettings();
        var logs = new CapturedLogs();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));
        using var listener = new RevocationListener(
            connection,
            new GatewayKeys(settings),
            new SessionCache(settings, TimeProvider.System),
            TimeProvider.System,
            loggers.CreateLogger<RevocationListener>());
        await server.FreezeAsync();

        await listener.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => listener.ExecuteTask!.IsCompleted || logs.Of("RevocationChannelDown").Count > 0);
        Assert.False(listener.ExecuteTask!.IsCompleted, listener.ExecuteTask.Exception?.ToString());
        await server.ThawAsync();

        await Eventually.TrueAsync(() => logs.Of("RevocationChannelUp").Count > 0);
        await listener.StopAsync(TestContext.Current.CancellationToken);
    }
}
