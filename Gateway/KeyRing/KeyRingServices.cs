using Gateway.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Gateway.KeyRing;

internal static class KeyRingServices
{
    public static void AddKeyRing(this WebApplicationBuilder builder)
    {
        // The same name everywhere: by default it is the content root's path, and a gateway installed elsewhere could read nothing.
        builder.Services.AddDataProtection().SetApplicationName("gateway");
        builder.Services.AddSingleton<DatabaseKeyRepository>();
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = services.GetRequiredService<DatabaseKeyRepository>()));
    }

    /// <summary>
    /// Makes the first key while holding a lock on the database: two gateways that start together on an empty database would each
    /// make one otherwise, and sign with a key that the other does not know yet.
    /// </summary>
    public static async Task PrepareKeyRingAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var keys = services.GetRequiredService<IKeyManager>();
        if (keys.GetAllKeys().Count > 0)
            return;
        await services.GetRequiredService<UserDatabaseSetup>().WithLockAsync(
            () =>
            {
                var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
                var lifetime = services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.NewKeyLifetime;
                if (keys.GetAllKeys().Count == 0)
                    keys.CreateNewKey(now, now + lifetime);
                return Task.CompletedTask;
            },
            CancellationToken.None);
    }
}
