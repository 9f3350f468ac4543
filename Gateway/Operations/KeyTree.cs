namespace Gateway.Operations;

/// <summary>
/// Which keys are below which. The framework's providers look through all of their keys for each section that somebody lists, and
/// YARP lists several for each route: with thousands of routes that is most of a start, and of every change of the file.
/// </summary>
internal sealed class KeyTree
{
    private readonly IDictionary<string, string?> data;
    private readonly Dictionary<string, HashSet<string>> children = new(StringComparer.OrdinalIgnoreCase);

    public KeyTree(IDictionary<string, string?> data)
    {
        this.data = data;
        foreach (var key in data.Keys)
            Add(key);
    }

    /// <summary>Whether it was made of these; the next reading of a file has others.</summary>
    public bool IsOf(IDictionary<string, string?> other) => ReferenceEquals(data, other);

    /// <summary>The last parts of the keys directly below a section, each once; the first parts of all keys for the empty path.</summary>
    public IReadOnlyCollection<string> Below(string path) => children.TryGetValue(path, out var names) ? names : [];

    // From the end: whatever is known already has everything above it.
    private void Add(string key)
    {
        for (var end = key.Length; ;)
        {
            var colon = key.AsSpan(0, end).LastIndexOf(':');
            var isNew = Names(colon < 0 ? "" : key[..colon]).Add(key[(colon + 1)..end]);
            if (!isNew || colon < 0)
                return;
            end = colon;
        }
    }

    private HashSet<string> Names(string path) =>
        children.TryGetValue(path, out var names) ? names : children[path] = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
