using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Primitives;

namespace Gateway.Operations;

/// <summary>A JSON file that stays as it was last read when a change of it can't be read, or the file is gone.</summary>
internal sealed class LastGoodJsonSource : JsonConfigurationSource
{
    public LastGoodJsonSource(JsonConfigurationSource source)
    {
        Path = source.Path ?? "";
        FileProvider = source.FileProvider;
        Optional = source.Optional;
        ReloadDelay = source.ReloadDelay;
        IsWatched = source.ReloadOnChange;
    }

    /// <summary>Not the base's property, which would have the framework watch the file as well.</summary>
    public bool IsWatched { get; }

    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new LastGoodJsonProvider(this);
    }
}

/// <summary>
/// Watches the file itself: the framework's provider drops everything it has read before it reads a changed file again, and YARP
/// would be left without a route.
/// </summary>
internal sealed class LastGoodJsonProvider : JsonConfigurationProvider
{
    private readonly IDisposable? watch;
    private KeyTree? keys;

    public LastGoodJsonProvider(LastGoodJsonSource source)
        : base(source)
    {
        if (source is { IsWatched: true, FileProvider: { } files, Path: { } path })
            watch = ChangeToken.OnChange(() => files.Watch(path), () => _ = ReloadAsync());
    }

    public Action? Reloaded { get; set; }

    /// <summary>Told why, each time a change is refused.</summary>
    public Action<string>? Refused { get; set; }

    public override void Set(string key, string? value)
    {
        base.Set(key, value);
        keys = null;
    }

    /// <summary>As the framework's, in its order, but without a look at every key.</summary>
    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        var (data, tree) = (Data, keys);
        if (tree?.IsOf(data) is not true)
            keys = tree = new KeyTree(data);
        List<string> all = [.. tree.Below(parentPath ?? ""), .. earlierKeys];
        all.Sort(ConfigurationKeyComparer.Instance);
        return all;
    }

    protected override void Dispose(bool disposing)
    {
        watch?.Dispose();
        base.Dispose(disposing);
    }

    private async Task ReloadAsync()
    {
        // Editors write in several steps.
        await Task.Delay(Source.ReloadDelay);
        try
        {
            if (!Source.FileProvider!.GetFileInfo(Source.Path!).Exists)
                throw new FileNotFoundException($"{Source.Path} is gone");
            Load();
            Reloaded?.Invoke();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            Refused?.Invoke(exception.GetBaseException().Message);
        }
    }
}
