using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Users.LegacyHashes;

internal static class LegacyHashServices
{
    /// <summary>Lets whoever comes from another system in with the password hash that it made, once.</summary>
    public static void AddLegacyHashes(this IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Scoped<IPasswordHasher<GatewayUser>, LegacyPasswordHasher>());
        services.AddSingleton<LegacyCheck>();
    }
}
