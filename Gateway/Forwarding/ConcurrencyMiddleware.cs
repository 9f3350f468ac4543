using Gateway.Login.KeptForms;
using Gateway.Operations;
using Gateway.Pages;
using Yarp.ReverseProxy.Model;

namespace Gateway.Forwarding;

/// <summary>
/// Gives each destination so many requests at a time and no more: those beyond are refused at once, instead of waiting with everybody
/// else's connections for an application that hangs.
/// </summary>
internal sealed class ConcurrencyMiddleware(ForwardingSettings settings, GatewayMeter meter, ILogger<ConcurrencyMiddleware> logger)
{
    /// <summary>Before a destination is chosen: leaves out those that are full, if there is another.</summary>
    public Task PreferFreeAsync(HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        var most = Most(proxy);
        if (proxy.AvailableDestinations is { Count: > 1 } several && AnyFull(several, most))
        {
            var free = several.Where(destination => !DestinationSlots.Of(destination).IsFull(most)).ToList();
            if (free.Count > 0)
                proxy.AvailableDestinations = free;
        }

        return next(context);
    }

    /// <summary>When it is chosen.</summary>
    public Task TakeSlotAsync(HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        if (proxy.AvailableDestinations is not [var destination, ..])
            return next(context);
        var slots = DestinationSlots.Of(destination);
        var most = Most(proxy);
        return slots.TryTake(most) ? ForwardAsync(context, next, slots) : RefuseAsync(context, destination, slots, most);
    }

    /// <summary>Gives the slot back before the request is over, as its application has answered with a stream.</summary>
    public static void ReturnSlot(HttpContext context)
    {
        if (context.GetReverseProxyFeature().ProxiedDestination is not { } destination || context.Features.Get<SlotReturned>() is not null)
            return;
        context.Features.Set(SlotReturned.Instance);
        DestinationSlots.Of(destination).Return();
    }

    private static async Task ForwardAsync(HttpContext context, RequestDelegate next, DestinationSlots slots)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<SlotReturned>() is null)
                slots.Return();
        }
    }

    private Task RefuseAsync(HttpContext context, DestinationState destination, DestinationSlots slots, int most)
    {
        meter.DestinationFull();
        if (slots.IsNews())
            logger.DestinationFull(destination.DestinationId, context.GetReverseProxyFeature().Cluster.Config.ClusterId, most);
        return Problems.UnavailableAsync(context);
    }

    private int Most(IReverseProxyFeature proxy) => ProxyMetadata.MostRequests(proxy.Cluster.Config) ?? settings.MaxConcurrentRequests;

    private static bool AnyFull(IReadOnlyList<DestinationState> destinations, int most)
    {
        for (var index = 0; index < destinations.Count; index++)
        {
            if (DestinationSlots.Of(destinations[index]).IsFull(most))
                return true;
        }

        return false;
    }
}

internal static class Applications
{
    /// <summary>YARP with its own steps, and the gateway's around the choice of a destination.</summary>
    public static void MapApplications(this WebApplication app)
    {
        var concurrency = app.Services.GetRequiredService<ConcurrencyMiddleware>();
        app.MapReverseProxy(proxy =>
        {
            proxy.UseKeptForms();
            proxy.UseSessionAffinity();
            proxy.Use(concurrency.PreferFreeAsync);
            proxy.UseLoadBalancing();
            proxy.Use(concurrency.TakeSlotAsync);
            proxy.UsePassiveHealthChecks();
        }).ConfigureEndpoints((endpoint, route) => endpoint.WithMetadata(new ProxiedRoute(route)));
    }
}
