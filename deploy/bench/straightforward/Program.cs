// The straightforward way: ASP.NET Core's cookie handler with its tickets in Redis, before YARP. Anybody may log in, as it is only measured.
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;
using Straightforward;
using Yarp.ReverseProxy.Transforms;

var builder = WebApplication.CreateBuilder(args);
var redis = await ConnectionMultiplexer.ConnectAsync(builder.Configuration.GetConnectionString("Redis")!);
builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
{
    options.SessionStore = new RedisTicketStore(redis.GetDatabase());
    options.ExpireTimeSpan = RedisTicketStore.IdleTimeout;
    options.Events.OnRedirectToLogin = context =>
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    };
});
builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy")).AddTransforms(transforms =>
    transforms.AddRequestTransform(context =>
    {
        context.ProxyRequest.Headers.Remove("X-User-Id");
        context.ProxyRequest.Headers.Add("X-User-Id", context.HttpContext.User.FindFirstValue(ClaimTypes.NameIdentifier));
        return ValueTask.CompletedTask;
    }));

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapPost("/login", (Visitor visitor) => Results.SignIn(visitor.Principal())).AllowAnonymous();
app.MapReverseProxy();
await app.RunAsync();
