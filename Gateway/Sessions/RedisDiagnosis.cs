using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>Why Redis lets nobody in, which a client that tries again and again does not tell. Never the password: the client's messages don't have it.</summary>
internal static class RedisDiagnosis
{
    /// <summary>Null when it does let us in, as the user of the configuration.</summary>
    public static async Task<string?> FaultAsync(string configuration)
    {
        var options = RedisOptions.Parse(configuration);
        options.AbortOnConnectFail = true;
        try
        {
            await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(options);
            return await IsSomebodyElseAsync(multiplexer.GetDatabase(), options.User) ? "its user or password is wrong, and Redis lets strangers in" : null;
        }
        catch (Exception exception) when (exception.IsOfRedis())
        {
            return Chain(exception).OfType<RedisServerException>().FirstOrDefault()?.Message ?? Chain(exception).Last().Message;
        }
    }

    // A wrong password goes unnoticed where the user "default" needs none.
    private static async Task<bool> IsSomebodyElseAsync(IDatabase database, string? user)
    {
        try
        {
            return (await database.ExecuteAsync("ACL", "WHOAMI")).ToString() is var name && !string.Equals(name, user ?? name, StringComparison.Ordinal);
        }
        catch (RedisException)
        {
            // Not every server knows, and not every user may ask.
            return false;
        }
    }

    // The library wraps what the server or the certificate's check said.
    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var link = exception; link is not null; link = link.InnerException)
            yield return link;
    }
}
