using Gateway.Mail;
using Gateway.Operations;
using Gateway.Pages;
using Gateway.RememberMe;
using Gateway.Sessions;

namespace Gateway.Recovery;

internal static class RecoveryServices
{
    /// <summary>Forgotten passwords and invitations, by mail.</summary>
    public static void AddRecovery(this WebApplicationBuilder builder)
    {
        builder.AddMail();
        builder.AddSettings<RecoverySettings>(RecoverySettings.Section);
        builder.Services.AddScoped<RecoveryThrottle>();
        builder.Services.AddSingleton<RecoveryLetters>();
        builder.Services.AddSingleton<RecoveryAudit>();
        builder.Services.AddSingleton<ForgotEndpoints>();
        builder.Services.AddSingleton<ResetEndpoints>();
        builder.Services.AddScoped<ResetLinks>();
        builder.Services.AddScoped<ForgottenLetter>();
        builder.Services.AddScoped<PasswordReset>();
        builder.Services.AddScoped<Invitations>();
    }

    public static void MapRecovery(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<Mailer>().IsOn)
            return;
        var forgot = app.Services.GetRequiredService<ForgotEndpoints>();
        var reset = app.Services.GetRequiredService<ResetEndpoints>();
        var own = app.MapOwn().WithMetadata(new NeedsNoIdentity(), new LeavesIdleTimer());
        own.MapGet("/forgot", ForgotEndpoints.Show);
        own.MapPost("/forgot", forgot.AskAsync);
        own.MapGet("/reset", reset.ShowAsync);
        own.MapPost("/reset", reset.SetAsync);
    }
}
