using Gateway.Account;
using Gateway.Login;
using Gateway.Pages;
using Gateway.Sessions;

namespace Gateway.SecondFactor;

/// <summary>
/// Whoever has a second factor shows it before they add or remove one: otherwise the password alone would be enough to make one of one's
/// own (OWASP ASVS 5.0, 7.5.1). Who has none yet is trusted with the first.
/// </summary>
internal static class OwnFactorFirst
{
    /// <param name="endpoint">Below <see cref="VisitorEndpoints.MapForVisitor"/>.</param>
    /// <param name="page">What the visitor comes back to.</param>
    public static RouteHandlerBuilder AfterOwnFactor(this RouteHandlerBuilder endpoint, Func<GatewayPaths, string> page) =>
        endpoint.AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            var (user, session) = Visitor.Of(context);
            var store = context.RequestServices.GetRequiredService<FactorStore>();
            if (session.Proofs.HasSecondFactor() || !(await store.MeansOfAsync(user, context.RequestAborted)).Any)
                return await next(invocation);
            var paths = context.RequestServices.GetRequiredService<GatewayPaths>();
            return PageResults.GoTo(context, ReturnAddress.To(paths.StepUp, page(paths)));
        });
}
