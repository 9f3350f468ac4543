using System.Security.Cryptography;
using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>A question that has an answer of its own: PING gives back what it is sent, once Redis has loaded its data.</summary>
internal static class RedisPing
{
    /// <summary>False when the answer was that to another question.</summary>
    /// <param name="beside">In a cluster, the server of this key is asked; null: any.</param>
    public static async Task<bool> IsAnsweredAsync(IDatabaseAsync database, RedisKey? beside = null)
    {
        var sent = Nonce();
        if (beside is { } key)
            sent = RedisKeys.Beside(key, sent);
        // Only an argument that is a key decides which server is asked.
        var answer = await database.ExecuteAsync("PING", beside is null ? sent : (object)(RedisKey)sent);
        return string.Equals(answer.ToString(), sent, StringComparison.Ordinal);
    }

    /// <summary>The answer to a question of a single command, and whether that asked in the same flight is the right one.</summary>
    public static async Task<(T Answer, bool IsItsOwn)> AfterAsync<T>(IDatabase database, Func<IDatabaseAsync, Task<T>> question, RedisKey beside)
    {
        var flight = database.CreateBatch();
        var (answer, isAnswered) = (question(flight), IsAnsweredAsync(flight, beside));
        flight.Execute();
        return (await answer, await isAnswered);
    }

    /// <summary>The same of one server.</summary>
    public static async Task<bool> IsAnsweredAsync(IServer server)
    {
        var sent = Nonce();
        return string.Equals((await server.ExecuteAsync("PING", sent)).ToString(), sent, StringComparison.Ordinal);
    }

    private static string Nonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
