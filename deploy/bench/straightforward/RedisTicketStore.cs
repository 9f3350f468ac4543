using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using StackExchange.Redis;

namespace Straightforward;

/// <summary>One GET and one EXPIRE for each request.</summary>
internal sealed class RedisTicketStore(IDatabase redis) : ITicketStore
{
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(30);

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = $"straightforward:{Guid.NewGuid():N}";
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) =>
        redis.StringSetAsync(key, TicketSerializer.Default.Serialize(ticket), IdleTimeout);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        byte[]? value = await redis.StringGetAsync(key);
        if (value is null)
            return null;
        await redis.KeyExpireAsync(key, IdleTimeout);
        return TicketSerializer.Default.Deserialize(value);
    }

    public Task RemoveAsync(string key) => redis.KeyDeleteAsync(key);
}
