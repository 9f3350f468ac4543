using Gateway.Pages;

namespace Gateway.StepUp;

internal static class StepUpServices
{
    public static void AddStepUp(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Reauthentication>();
        builder.Services.AddSingleton<ReauthenticateEndpoints>();
        builder.Services.AddSingleton<StepUpEndpoints>();
    }

    public static void MapStepUp(this WebApplication app)
    {
        var reauthenticate = app.Services.GetRequiredService<ReauthenticateEndpoints>();
        var stepUp = app.Services.GetRequiredService<StepUpEndpoints>();
        var own = app.MapOwn().WithMetadata(new RouteDemands());
        own.MapGet("/reauthenticate", reauthenticate.Show);
        own.MapPost("/reauthenticate", reauthenticate.EnterAsync);
        own.MapGet("/step-up", stepUp.ShowAsync);
        own.MapPost("/step-up", stepUp.EnterAsync);
    }
}
