using Gateway.Pages;
using Yarp.ReverseProxy.Model;

namespace Gateway.Forwarding;

/// <summary>
/// Refuses a path that an application might read differently than authorization did. Everything else goes on byte for byte.
/// </summary>
internal static class PathMiddleware
{
    public static void UsePathCheck(this WebApplication app) => app.Use(next =>
    {
        var match = Matcher(app);
        return context =>
        {
            var target = RequestTarget.Of(context);
            if (PathReading.Fault(target) is { } fault)
                return RefuseAsync(context, fault);
            return MayBeReadOtherwise(context, target) ? CompareAsync(context, target, match, next) : next(context);
        };
    });

    private static async Task CompareAsync(HttpContext context, RequestTarget target, RequestDelegate match, RequestDelegate next)
    {
        if (await LeadsElsewhereAsync(context, target, match))
            await RefuseAsync(context, "The address can be read in two ways, and they lead to different places.");
        else
            await next(context);
    }

    private static Task RefuseAsync(HttpContext context, string fault) =>
        Problems.AnswerAsync(context, StatusCodes.Status400BadRequest, "Bad path", fault);

    // The server decodes a path in its own way, and one in absolute form in yet another.
    private static bool MayBeReadOtherwise(HttpContext context, RequestTarget target) =>
        PathReading.HasSeveral(target.Path)
        || !string.Equals(context.Request.Path.Value, target.Path, StringComparison.Ordinal)
        || IsRooted(context.Request.Host.Value);

    private static async Task<bool> LeadsElsewhereAsync(HttpContext context, RequestTarget target, RequestDelegate match)
    {
        var (endpoint, path, values, host) = (context.GetEndpoint(), context.Request.Path, context.Request.RouteValues, context.Request.Host);
        try
        {
            context.Request.Host = Unrooted(host);
            // There are some: what has too many is a fault.
            foreach (var reading in PathReading.Readings(target.Path)!)
            {
                context.SetEndpoint(null);
                context.Request.RouteValues = [];
                context.Request.Path = new PathString(reading);
                await match(context);
                if (!IsSamePlace(endpoint, context.GetEndpoint()))
                    return true;
            }

            return false;
        }
        finally
        {
            (context.Request.Path, context.Request.RouteValues, context.Request.Host) = (path, values, host);
            context.SetEndpoint(endpoint);
        }
    }

    // To most servers example.org. is example.org, but a route's host is compared letter by letter.
    private static bool IsRooted(string? host) => host is not null && (host.EndsWith('.') || host.Contains(".:", StringComparison.Ordinal));

    private static HostString Unrooted(HostString host) =>
        IsRooted(host.Value) ? new HostString(host.Host.TrimEnd('.') + host.Value![host.Host.Length..]) : host;

    // Two routes that ask for the same are the same place to authorization, however differently they forward.
    private static bool IsSamePlace(Endpoint? endpoint, Endpoint? other)
    {
        if (ReferenceEquals(endpoint, other))
            return true;
        return endpoint?.Metadata.GetMetadata<RouteModel>() is { } route
            && other?.Metadata.GetMetadata<RouteModel>() is { } otherRoute
            && string.Equals(route.Config.AuthorizationPolicy, otherRoute.Config.AuthorizationPolicy, StringComparison.OrdinalIgnoreCase)
            && endpoint.Metadata.GetMetadata<ProxiedRoute>()?.Demands == other.Metadata.GetMetadata<ProxiedRoute>()?.Demands;
    }

    // A routing middleware of its own over the same endpoints, with nothing behind it.
    private static RequestDelegate Matcher(WebApplication app)
    {
        var branch = ((IApplicationBuilder)app).New();
        branch.UseRouting();
        branch.Use(_ => _ => Task.CompletedTask);
        branch.UseEndpoints(endpoints =>
        {
            foreach (var source in ((IEndpointRouteBuilder)app).DataSources)
                endpoints.DataSources.Add(source);
        });
        return branch.Build();
    }
}
