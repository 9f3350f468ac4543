using Gateway.Forwarding;
using Gateway.Operations;
using Gateway.Pages;
using Gateway.Sessions;

namespace Gateway.Login.KeptForms;

internal static class KeptFormServices
{
    /// <summary>Forms that were being sent when a session ended survive the login.</summary>
    public static void AddKeptForms(this WebApplicationBuilder builder)
    {
        builder.AddSettings<KeptFormSettings>(KeptFormSettings.Section);
        builder.Services.AddSingleton<FormCookie>();
        builder.Services.AddSingleton(services => new GatewayCookie(services.GetRequiredService<FormCookie>().Name));
        builder.Services.AddSingleton<FormQuota>();
        builder.Services.AddSingleton<FormVault>();
        builder.Services.AddSingleton<FormKeeper>();
        builder.Services.AddSingleton<FormOwner>();
        builder.Services.AddSingleton<FormSending>();
        builder.Services.AddSingleton<FormEndpoints>();
        if (string.IsNullOrWhiteSpace(builder.Configuration[RedisConnection.Key]))
            builder.Services.AddSingleton<IFormStore, InProcessFormStore>();
        else
            builder.Services.AddSingleton<IFormStore, RedisFormStore>();
    }

    public static void MapKeptForms(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<KeptFormSettings>().Enabled)
            return;
        var endpoints = app.Services.GetRequiredService<FormEndpoints>();
        var own = app.MapOwn();
        own.MapGet("/form/{id}", endpoints.ShowAsync);
        own.MapPost("/form/{id}", endpoints.DropAsync);
    }

    /// <summary>Among the steps of a proxied request, before a destination is chosen.</summary>
    public static void UseKeptForms(this IApplicationBuilder proxy)
    {
        if (proxy.ApplicationServices.GetRequiredService<KeptFormSettings>().Enabled)
            proxy.Use(proxy.ApplicationServices.GetRequiredService<FormSending>().SendAsync);
    }
}
