using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace Gateway.Operations;

internal static class ConfigurationFile
{
    private const string Name = "appsettings.json";

    /// <summary>
    /// Where <c>appsettings.json</c> is read from unless the command line says <c>--contentRoot</c>: the working directory, which is
    /// the repository's root or the operator's folder; else beside the program.
    /// </summary>
    public static WebApplicationOptions Options(string[] args)
    {
        var named = args.Any(argument => argument.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase));
        var here = File.Exists(Path.Combine(Directory.GetCurrentDirectory(), Name));
        return new WebApplicationOptions { Args = args, ContentRootPath = named || here ? null : AppContext.BaseDirectory };
    }

    /// <summary>Which file was read, for whoever wonders why a change has no effect.</summary>
    public static string Describe(IServiceProvider services)
    {
        var file = Path.Combine(services.GetRequiredService<IHostEnvironment>().ContentRootPath, Name);
        return File.Exists(file) ? file : $"no {Name} in {Path.GetDirectoryName(file)}: environment, command line and defaults";
    }

    /// <summary>Reads the configuration so that a broken change of the file loses nothing, and quiets the libraries.</summary>
    public static void AddConfigurationFile(this WebApplicationBuilder builder)
    {
        var sources = builder.Configuration.Sources;
        for (var index = 0; index < sources.Count; index++)
        {
            if (sources[index] is JsonConfigurationSource file)
                sources[index] = new LastGoodJsonSource(file);
        }

        builder.Configuration.AddInMemoryDefaults(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Logging:Console:FormatterName"] = "simple",
            ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-ddTHH:mm:ss.fffZ ",
            ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
            // The number of the request, which stands on the visitor's page as well.
            ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
            ["Logging:LogLevel:Microsoft"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
            // It warns that keys are stored as they are; who can read the user database can do more than read keys.
            ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
            // A failed start is told by whoever called it, a failed check by the check, once and not at every question.
            ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
            ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
            ["Logging:LogLevel:Yarp"] = "Warning",
            // What it has to say comes as an exception as well, and is told by who catches it.
            ["Logging:LogLevel:Yarp.ReverseProxy.Forwarder"] = "Error",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database"] = "None",
            ["Logging:LogLevel:Microsoft.AspNetCore.Antiforgery"] = "Error",
            // One line for each stranger.
            ["Logging:LogLevel:Gateway.Sessions.SessionAuthenticationHandler"] = "Warning",
        });
    }

    /// <summary>For a command, whose standard output is its result.</summary>
    public static void LogToStandardError(this WebApplicationBuilder builder) => builder.Configuration.AddInMemoryDefaults(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:Console:LogToStandardErrorThreshold"] = "Trace",
        });

    /// <summary>From now on, a refused change of the file is logged.</summary>
    public static void LogRefusedReloads(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILogger<LastGoodJsonProvider>>();
        foreach (var provider in ((IConfigurationRoot)app.Configuration).Providers.OfType<LastGoodJsonProvider>())
        {
            provider.Refused = logger.ReloadRefused;
            provider.Reloaded = logger.Reloaded;
        }
    }

    private static void AddInMemoryDefaults(this ConfigurationManager configuration, Dictionary<string, string?> defaults) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
}
