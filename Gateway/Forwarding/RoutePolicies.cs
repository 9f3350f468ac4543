using Gateway.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Gateway.Forwarding;

/// <summary>
/// The policies that a route's <c>AuthorizationPolicy</c> can name: <c>Role:editor</c> or <c>Role:editor,admin</c>, any of which is
/// enough. Without a policy a route needs a signed-in user. YARP itself knows <c>Anonymous</c> and <c>Default</c>.
/// </summary>
internal sealed class RoutePolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    private const string RolePrefix = "Role:";

    /// <summary>A name means the same policy for as long as this process runs, and a route that is changed is another endpoint.</summary>
    public override bool AllowsCachingPolicies => true;

    /// <summary>The roles that a policy names, of which any is enough; null for a policy of another kind.</summary>
    public static string[]? RolesOf(string? policyName) =>
        policyName?.StartsWith(RolePrefix, StringComparison.OrdinalIgnoreCase) == true
            ? policyName[RolePrefix.Length..].Split(',', StringSplitOptions.TrimEntries)
            : null;

    /// <summary>Null, which refuses the route's configuration, for a name that is no policy.</summary>
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName)
    {
        if (RolesOf(policyName) is not { } roles)
            return await base.GetPolicyAsync(policyName);
        return roles.All(RoleName.IsValid)
            ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(roles).Build()
            : null;
    }
}
