using Gateway.Forwarding;
using Gateway.Operations;
using Gateway.Sessions.Live;

namespace Gateway.RememberMe;

internal static class RememberMeServices
{
    public static void AddRememberMe(this WebApplicationBuilder builder)
    {
        builder.AddSettings<RememberMeSettings>(RememberMeSettings.Section);
        builder.Services.AddSingleton<RememberMeCookie>();
        builder.Services.AddSingleton(services => new GatewayCookie(services.GetRequiredService<RememberMeCookie>().Name));
        builder.Services.AddScoped<RememberedBrowsers>();
        builder.Services.AddScoped<BrowserForgetter>();
        builder.Services.AddScoped<BrowserMemory>();
        builder.Services.AddSingleton<RestoreAgreement>();
        builder.Services.AddSingleton<PendingForgets>();
        builder.Services.AddHostedService<PendingForgetsWorker>();
        builder.Services.AddSingleton<BrowserQuery>();
        builder.Services.AddSingleton<BrowserRecognition>();
        builder.Services.AddSingleton<SessionRestorer>();
        builder.Services.AddHostedService<RestoreRehearsal>();
        builder.Services.AddSingleton<OutageCopies>();
        builder.Services.AddSingleton<OutageVisitors>();
        builder.Services.AddSingleton(services => new Recognition(OutageVisitors.Owns, services.GetRequiredService<OutageVisitors>().FindAgainAsync));
    }

    public static void UseRememberMe(this WebApplication app)
    {
        if (app.Services.GetRequiredService<RememberMeSettings>().Enabled)
            app.UseMiddleware<RememberMeMiddleware>();
    }
}
