using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Gateway.Operations;

/// <summary>Holds every key below <c>Gateway</c> against the settings types: unknown keys, values of the wrong kind, values out of range.</summary>
internal sealed class SettingsFaults(IConfiguration configuration, IEnumerable<SettingsSection> sections, IServiceProvider services)
{
    private readonly ILookup<string, Type> types = sections.ToLookup(section => section.Key, section => section.Type, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ConfigurationFault> Find() => types.SelectMany(section =>
        Unreadable(configuration.GetSection(section.Key), section).Concat(section.SelectMany(type => OutOfRange(section.Key, type))));

    private IEnumerable<ConfigurationFault> Unreadable(IConfigurationSection section, IEnumerable<Type> sectionTypes)
    {
        var properties = sectionTypes
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => property.CanWrite)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (properties.TryGetValue(child.Key, out var property))
            {
                foreach (var fault in Unreadable(child, property.PropertyType))
                    yield return fault;
            }
            else if (!types.Any(known => IsAtOrAbove(child.Path, known.Key)))
            {
                yield return new ConfigurationFault(child.Path, $"is unknown; known here are {string.Join(", ", Known(section.Path, properties.Keys))}");
            }
        }
    }

    private IEnumerable<string> Known(string section, IEnumerable<string> properties) => properties
        .Concat(types.Select(known => known.Key).Where(key => IsBelow(section, key)).Select(key => key[(section.Length + 1)..]))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<ConfigurationFault> Unreadable(IConfigurationSection value, Type type)
    {
        var isList = type.IsArray || typeof(IDictionary).IsAssignableFrom(type);
        if (isList && !string.IsNullOrEmpty(value.Value))
            return [new ConfigurationFault(value.Path, type.IsArray ? "must be a list" : "must be an object")];
        if (isList)
        {
            var element = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[1];
            return value.GetChildren().SelectMany(child => Unreadable(child, element));
        }

        if (value.GetChildren().Any())
            return [new ConfigurationFault(value.Path, "must be a single value")];
        return ScalarFault(value.Value ?? "", Nullable.GetUnderlyingType(type) ?? type) is { } fault ? [new ConfigurationFault(value.Path, fault)] : [];
    }

    private static string? ScalarFault(string text, Type type)
    {
        if (type == typeof(string))
            return null;
        // "30" would be read as thirty days; none at all is none in every unit.
        if (type == typeof(TimeSpan))
            return text is "0" || (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, out _)) ? null : $"'{text}' is not a time span: write hh:mm:ss or days.hh:mm:ss";
        if (type.IsEnum)
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"'{text}' is none of {string.Join(", ", Enum.GetNames(type))}";
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException)
        {
            return $"'{text}' is not {(type == typeof(bool) ? "true or false" : "a whole number")}";
        }
    }

    private IEnumerable<ConfigurationFault> OutOfRange(string section, Type type)
    {
        object settings;
        try
        {
            settings = configuration.GetSection(section).Get(type) ?? Activator.CreateInstance(type)!;
        }
        catch (InvalidOperationException)
        {
            // A value that can't be read was told already.
            return [];
        }

        var results = new List<ValidationResult>();
        var context = new ValidationContext(settings, services, items: null);
        // The validator asks the object itself only when none of its attributes has anything to say.
        if (!Validator.TryValidateObject(settings, context, results, validateAllProperties: true) && settings is IValidatableObject whole)
            results.AddRange(whole.Validate(context).Where(result => !results.Any(earlier => string.Equals(earlier.ErrorMessage, result.ErrorMessage, StringComparison.Ordinal))));
        return results.Select(result => new ConfigurationFault($"{section}:{result.MemberNames.FirstOrDefault()}", result.ErrorMessage ?? "is not valid"));
    }

    private static bool IsAtOrAbove(string path, string key) => string.Equals(path, key, StringComparison.OrdinalIgnoreCase) || IsBelow(path, key);

    private static bool IsBelow(string path, string key) => key.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase);
}
