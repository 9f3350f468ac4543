using System.Data.Common;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Gateway.Audit.Webhook;
using Gateway.Mail;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Operations;

/// <summary>Reaches out to everything that the configuration names.</summary>
internal sealed class Reachability(IServiceProvider services, UserDatabase database, IProxyConfigProvider proxy)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async IAsyncEnumerable<Verdict> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await CheckUsersAsync(cancellationToken);
        if (services.GetService<RedisConnection>() is { } redis)
            yield return await CheckRedisAsync(redis, services.GetRequiredService<RedisRights>(), cancellationToken);
        else
            yield return new Verdict(RedisConnection.Key, "empty: sessions live in the gateway's process", null);

        if (services.GetRequiredService<WebhookSettings>() is { IsOn: true } webhook)
            yield return await CheckDestinationAsync($"{WebhookSettings.Section}:{nameof(WebhookSettings.Url)}", webhook.Url, cancellationToken);
        if (services.GetRequiredService<Mailer>() is { IsOn: true } mailer)
            yield return await mailer.CheckAsync(cancellationToken);
        foreach (var cluster in proxy.GetConfig().Clusters)
        {
            foreach (var (name, destination) in cluster.Destinations ?? new Dictionary<string, DestinationConfig>(StringComparer.Ordinal))
                yield return await CheckDestinationAsync($"ReverseProxy:Clusters:{cluster.ClusterId}:Destinations:{name}", destination.Address, cancellationToken);
        }
    }

    private async Task<Verdict> CheckUsersAsync(CancellationToken cancellationToken)
    {
        if (database.Database.IsSqlite())
        {
            var file = new SqliteConnectionStringBuilder(database.Database.GetConnectionString()).DataSource;
            if (!File.Exists(file))
                return new Verdict(UserConnection.Key, $"{file} (made at the first start)", Directory.Exists(Path.GetDirectoryName(file)) ? null : "its folder does not exist");
        }

        var target = database.Database.GetDbConnection().DataSource;
        try
        {
            await database.Database.OpenConnectionAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
            await database.Database.CloseConnectionAsync();
            return new Verdict(UserConnection.Key, target, null);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or SocketException)
        {
            return new Verdict(UserConnection.Key, target, exception.Message);
        }
    }

    private static async Task<Verdict> CheckRedisAsync(RedisConnection redis, RedisRights rights, CancellationToken cancellationToken)
    {
        try
        {
            await redis.TryConnectAsync();
            var delay = await redis.AskAsync(db => db.PingAsync(), cancellationToken);
            // Some proxies answer a ping by themselves, whatever it says.
            await redis.ConfirmAsync(beside: null, cancellationToken);
            var fault = await redis.FindFaultAsync() ?? await rights.FaultAsync(cancellationToken);
            return new Verdict(RedisConnection.Key, $"{redis.Servers}, answered in {delay.TotalMilliseconds:0.0} ms", fault);
        }
        catch (StoreUnavailableException exception)
        {
            var refusal = (exception.InnerException as RedisServerException)?.Message;
            return new Verdict(RedisConnection.Key, redis.Servers, refusal ?? await redis.FindFaultAsync() ?? "does not answer");
        }
    }

    private static async Task<Verdict> CheckDestinationAsync(string key, string address, CancellationToken cancellationToken)
    {
        var uri = new Uri(address);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(uri.Host, uri.Port, cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
            return new Verdict(key, address, null);
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException)
        {
            return new Verdict(key, address, exception.Message);
        }
    }
}

/// <param name="Failure">Absent when all is well.</param>
internal sealed record Verdict(string Key, string Target, string? Failure);
