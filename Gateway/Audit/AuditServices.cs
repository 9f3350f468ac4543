using Gateway.Audit.Webhook;
using Gateway.Operations;

namespace Gateway.Audit;

internal static class AuditServices
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.AddSettings<AuditSettings>(AuditSettings.Section);
        builder.AddSettings<WebhookSettings>(WebhookSettings.Section);
        builder.Services.AddSingleton<AuditTrail>();
        builder.Services.AddSingleton<AuditPace>();
        builder.Services.AddSingleton<AuditSubjects>();
        builder.Services.AddSingleton<AuditEcho>();
        builder.Services.AddScoped<AuditedChange>();
        builder.Services.AddScoped<AuditQuery>();
        builder.Services.AddScoped<AuditFilterReader>();
        builder.Services.AddHostedService<AuditWriter>();
        builder.Services.AddHostedService<AuditSweep>();
        builder.Services.AddSingleton<WebhookReceiver>();
        builder.Services.AddHostedService<WebhookSender>();
    }
}
