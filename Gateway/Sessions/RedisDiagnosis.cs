using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>Why Redis lets nobody in, which a client that tries again and again does not tell. Never the password: the client's messages don't have it.</summary>
internal static class RedisDiagnosis
{
    private const int Attempts = 3;

    /// <summary>Null when it does let us in, as the user of the configuration.</summary>
    public static async Task<string?> FaultAsync(string configuration)
    {
        var options = RedisOptions.Parse(configuration);
        options.AbortOnConnectFail = true;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(options);
                return await IsSomebodyElseAsync(multiplexer.GetDatabase(), options.User) ? "its user or password is wrong, and Redis lets strangers in" : null;
            }
            catch (Exception exception) when (exception.IsOfRedis())
            {
                var cause = Chain(exception).OfType<RedisServerException>().FirstOrDefault() ?? Chain(exception).Last();
                // The library closes the connection upon the refusal that it got, and at times only tells the former.
                if (cause is not ObjectDisposedException || attempt == Attempts)
                    return cause.Message;
            }
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
