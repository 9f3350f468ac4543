using Microsoft.Extensions.Options;

namespace Gateway.Operations.Drain;

internal static class DrainServices
{
    public static void AddDrain(this WebApplicationBuilder builder)
    {
        builder.AddSettings<DrainSettings>(DrainSettings.Section);
        builder.Services.AddHostedService<DrainService>();
        // By its own clock the host counts from the signal on.
        builder.Services.AddSingleton<IConfigureOptions<HostOptions>>(services => new ConfigureOptions<HostOptions>(options =>
        {
            var settings = services.GetRequiredService<DrainSettings>();
            options.ShutdownTimeout = settings.Delay + settings.Timeout;
        }));
    }
}
