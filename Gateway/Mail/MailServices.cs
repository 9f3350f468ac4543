using Gateway.Operations;

namespace Gateway.Mail;

internal static class MailServices
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.AddSettings<MailSettings>(MailSettings.Section);
        builder.AddSettings<SmtpSettings>(SmtpSettings.Section);
        builder.Services.AddSingleton<Mailer>();
        builder.Services.AddSingleton<MailQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MailQueue>());
    }
}
