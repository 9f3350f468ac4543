using Microsoft.AspNetCore.Authorization;

namespace Gateway.Sessions.Live;

/// <summary>Whether a session that has changed may still have what it opened before.</summary>
internal sealed class RouteAccess(IAuthorizationPolicyProvider policies, IAuthorizationService authorization)
{
    public async Task<bool> AllowsAsync(Endpoint route, Session session)
    {
        if (route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return true;
        var policy = await AuthorizationPolicy.CombineAsync(policies, route.Metadata.GetOrderedMetadata<IAuthorizeData>());
        return policy is null || (await authorization.AuthorizeAsync(session.ToPrincipal(), resource: null, policy)).Succeeded;
    }
}
