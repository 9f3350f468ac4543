using Gateway.Forwarding;
using Gateway.Login.Throttle;
using Gateway.Operations;
using Gateway.RememberMe;
using Gateway.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Gateway.Login;

internal static class LoginServices
{
    private const string AntiforgeryCookie = "gateway.csrf";
    private const int LargestBody = 64 * 1024;

    public static void AddLogin(this WebApplicationBuilder builder)
    {
        builder.AddSettings<GatewayPaths>("Gateway");
        builder.AddSettings<LoginSettings>(LoginSettings.Section);
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true);
        builder.Services.AddSingleton<IConfigureOptions<AntiforgeryOptions>>(services => new ConfigureOptions<AntiforgeryOptions>(options =>
        {
            options.Cookie = services.GetRequiredService<CookieSettings>().Build(AntiforgeryCookie);
            options.Cookie.SameSite = SameSiteMode.Strict;
        }));
        builder.Services.AddSingleton(services => new GatewayCookie(services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name!));

        builder.Services.AddSingleton<SameOrigin>();
        builder.Services.AddSingleton<Refusal>();
        builder.Services.AddSingleton<LoginEndpoints>();
        builder.Services.AddSingleton<LogoutEndpoints>();
        builder.Services.AddSingleton<IdentityEndpoints>();
        builder.Services.AddSingleton<WaitingRoom>();
        builder.Services.AddSingleton<LoginQueue>();
        builder.Services.AddSingleton<LoginThrottle>();
        builder.Services.AddSingleton<KnownBrowserCookie>();
        builder.Services.AddSingleton(services => new GatewayCookie(services.GetRequiredService<KnownBrowserCookie>().Name));
        builder.Services.AddScoped<LoginAttempt>();
        builder.Services.AddSingleton<LoginAudit>();
        if (string.IsNullOrWhiteSpace(builder.Configuration[RedisConnection.Key]))
            builder.Services.AddSingleton<IAttemptCounter, InProcessAttemptCounter>();
        else
            builder.Services.AddSingleton<IAttemptCounter, RedisAttemptCounter>();
    }

    /// <summary>The gateway's own endpoints. They come before every route, whatever order a route asks for.</summary>
    public static void MapLogin(this WebApplication app)
    {
        var login = app.Services.GetRequiredService<LoginEndpoints>();
        var logout = app.Services.GetRequiredService<LogoutEndpoints>();
        var identity = app.Services.GetRequiredService<IdentityEndpoints>();
        var own = app.MapGroup(app.Services.GetRequiredService<GatewayPaths>().PathPrefix)
            .AllowAnonymous()
            .WithOrder(int.MinValue)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody));

        own.MapGet("/login", login.Show).WithMetadata(new LeavesIdleTimer());
        own.MapPost("/login", login.LogInAsync).WithMetadata(new NeedsNoIdentity());
        own.MapGet("/logout", logout.Show).WithMetadata(new NeedsNoIdentity(), new LeavesIdleTimer());
        own.MapPost("/logout", logout.LogOutAsync).WithMetadata(new NeedsNoIdentity());
        own.MapGet("/session", identity.DescribeAsync).WithMetadata(new LeavesIdleTimer());
        own.MapGet("/verify", identity.Verify);
        own.MapGet("/style.css", StyleSheet.Get).WithMetadata(new NeedsNoIdentity(), new LeavesIdleTimer());
        own.MapFallback("/{**rest}", NotFoundAsync).WithOrder(int.MinValue + 1).WithMetadata(new NeedsNoIdentity(), new LeavesIdleTimer());
    }

    private static Task NotFoundAsync(HttpContext context) =>
        Problems.AnswerAsync(context, StatusCodes.Status404NotFound, "Not found", "The gateway has no such page.");
}
