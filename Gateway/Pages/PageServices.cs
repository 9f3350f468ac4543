using Gateway.Forwarding;
using Gateway.Operations;
using Gateway.Pages.Branding;
using Gateway.Pages.Languages;
using Gateway.RememberMe;
using Gateway.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Gateway.Pages;

internal static class PageServices
{
    private const string AntiforgeryCookie = "gateway.csrf";
    private const int LargestBody = 64 * 1024;

    /// <summary>What all pages of the gateway share.</summary>
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.AddSettings<GatewayPaths>("Gateway");
        builder.AddSettings<BrandingSettings>(BrandingSettings.Section);
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true);
        builder.Services.AddSingleton<IConfigureOptions<AntiforgeryOptions>>(services => new ConfigureOptions<AntiforgeryOptions>(options =>
        {
            var cookie = services.GetRequiredService<CookieSettings>().Build(AntiforgeryCookie);
            cookie.SameSite = SameSiteMode.Strict;
            options.Cookie = cookie.SecurePolicy is CookieSecurePolicy.Always ? new SecureOverHttp(cookie) : cookie;
        }));
        builder.Services.AddSingleton(services => new GatewayCookie(services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name!));
        builder.Services.AddSingleton<SameOrigin>();

        builder.Services.AddSingleton<LanguageCookie>();
        builder.Services.AddSingleton(services => new GatewayCookie(services.GetRequiredService<LanguageCookie>().Name));
        builder.Services.AddSingleton<TextCatalog>();
        builder.Services.AddSingleton<LanguageEndpoint>();
        builder.Services.AddSingleton<Logo>();
        builder.Services.AddSingleton<StyleSheet>();
    }

    public static void MapPages(this WebApplication app)
    {
        var own = app.MapOwn();
        var known = new object[] { new NeedsNoIdentity(), new LeavesIdleTimer() };
        own.MapGet(StyleSheet.Path, app.Services.GetRequiredService<StyleSheet>().Get).WithMetadata(known);
        own.MapGet(Logo.Path, app.Services.GetRequiredService<Logo>().Get).WithMetadata(known);
        own.MapPost("/language", app.Services.GetRequiredService<LanguageEndpoint>().ChooseAsync).WithMetadata(known);
        own.MapFallback("/{**rest}", NotFoundAsync).WithOrder(int.MinValue + 1).WithMetadata(known);
    }

    /// <summary>The gateway's own endpoints, below the prefix. They come before every route, whatever order a route asks for.</summary>
    public static RouteGroupBuilder MapOwn(this WebApplication app)
    {
        var own = app.MapGroup(app.Services.GetRequiredService<GatewayPaths>().PathPrefix)
            .AllowAnonymous()
            .WithOrder(int.MinValue)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .AddEndpointFilter(NameInLogAsync)
            .AddEndpointFilter(RefuseHostAsync);
        ((IEndpointConventionBuilder)own).Add(AnswerHead);
        return own;
    }

    // What can be read can be asked for without its body (RFC 9110 section 9.3.2), which the server leaves out by itself.
    private static void AnswerHead(EndpointBuilder endpoint)
    {
        for (var index = 0; index < endpoint.Metadata.Count; index++)
        {
            if (endpoint.Metadata[index] is HttpMethodMetadata { HttpMethods: [var only] } && HttpMethods.IsGet(only))
                endpoint.Metadata[index] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
        }
    }

    // By the number that a page shows which asks to come again later.
    private static async ValueTask<object?> NameInLogAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        using var scope = OperationsLog.RequestScope(context.RequestServices.GetRequiredService<ILogger<ErrorMiddleware>>(), Problems.RequestId(context));
        return await next(invocation);
    }

    // No page can be made for it: Razor works with the whole address of the request.
    private static async ValueTask<object?> RefuseHostAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var host = invocation.HttpContext.Request.Host;
        return host.HasValue && !Uri.TryCreate($"http://{host.Value}/", UriKind.Absolute, out _)
            ? TypedResults.Text("The host name of this request can't be read.", statusCode: StatusCodes.Status400BadRequest)
            : await next(invocation);
    }

    private static Task NotFoundAsync(HttpContext context) =>
        Problems.AnswerAsync(context, StatusCodes.Status404NotFound, "Not found", "The gateway has no such page.");
}
