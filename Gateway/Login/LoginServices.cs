using Gateway.Forwarding;
using Gateway.Login.KeptForms;
using Gateway.Login.Throttle;
using Gateway.Operations;
using Gateway.Pages;
using Gateway.Passkeys;
using Gateway.Recovery;
using Gateway.RememberMe;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Gateway.StepUp;

namespace Gateway.Login;

internal static class LoginServices
{
    public static void AddLogin(this WebApplicationBuilder builder)
    {
        builder.AddSettings<LoginSettings>(LoginSettings.Section);
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, LoginAnswersJson.Default));
        builder.AddKeptForms();
        builder.AddSecondFactor();
        builder.AddStepUp();
        builder.AddPasskeys();
        builder.AddRecovery();
        builder.Services.AddSingleton<Refusal>();
        builder.Services.AddSingleton<LoginEndpoints>();
        builder.Services.AddSingleton<LogoutEndpoints>();
        builder.Services.AddSingleton<IdentityEndpoints>();
        builder.Services.AddSingleton<WaitingRoom>();
        builder.Services.AddSingleton<LoginQueue>();
        builder.Services.AddSingleton<LoginThrottle>();
        builder.Services.AddSingleton<KnownBrowserCookie>();
        builder.Services.AddSingleton(services => new GatewayCookie(services.GetRequiredService<KnownBrowserCookie>().Name));
        builder.Services.AddScoped<PasswordCheck>();
        builder.Services.AddScoped<SignIn>();
        builder.Services.AddScoped<LoginAttempt>();
        builder.Services.AddScoped<LoginAudit>();
        if (string.IsNullOrWhiteSpace(builder.Configuration[RedisConnection.Key]))
            builder.Services.AddSingleton<IAttemptCounter, InProcessAttemptCounter>();
        else
            builder.Services.AddSingleton<IAttemptCounter, RedisAttemptCounter>();
    }

    public static void MapLogin(this WebApplication app)
    {
        var login = app.Services.GetRequiredService<LoginEndpoints>();
        var logout = app.Services.GetRequiredService<LogoutEndpoints>();
        var identity = app.Services.GetRequiredService<IdentityEndpoints>();
        var own = app.MapOwn();
        own.MapGet("/login", login.Show).WithMetadata(new LeavesIdleTimer());
        own.MapPost("/login", login.LogInAsync).WithMetadata(new NeedsNoIdentity());
        own.MapGet("/logout", LogoutEndpoints.Show).WithMetadata(new NeedsNoIdentity(), new LeavesIdleTimer());
        own.MapPost("/logout", logout.LogOutAsync).WithMetadata(new NeedsNoIdentity());
        own.MapGet("/session", identity.DescribeAsync).WithMetadata(new LeavesIdleTimer());
        own.MapGet("/verify", identity.Verify);
        app.MapKeptForms();
        app.MapSecondFactor();
        app.MapStepUp();
        app.MapPasskeys();
        app.MapRecovery();
    }
}
