using Microsoft.Extensions.Options;

namespace Gateway.Operations;

/// <summary>A part of the configuration and the type that says which keys it has.</summary>
internal sealed record SettingsSection(string Key, Type Type);

internal static class Settings
{
    /// <summary>
    /// Binds a section to a type, which can then be injected as it is: settings are read once, at start-up, where the
    /// configuration check looks at all of them before anything uses one.
    /// </summary>
    public static void AddSettings<T>(this WebApplicationBuilder builder, string section)
        where T : class
    {
        builder.Services.AddSingleton(new SettingsSection(section, typeof(T)));
        builder.Services.AddOptions<T>().BindConfiguration(section);
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<T>>().Value);
    }
}
