using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Gateway.Operations.Management.Metrics;

/// <summary>
/// Finds the series of a measurement by the tags it came with, without a key of its own having to be made: compares what is kept
/// of them, in whatever order.
/// </summary>
internal sealed class TagComparer : IEqualityComparer<Tag[]>, IAlternateEqualityComparer<ReadOnlySpan<Tag>, Tag[]>
{
    /// <summary>The key of a new series.</summary>
    public Tag[] Create(ReadOnlySpan<Tag> alternate)
    {
        var key = new List<Tag>();
        foreach (var tag in alternate)
        {
            // A tag given twice would be a label given twice, which Prometheus refuses.
            if (IsKept(tag) && !key.Exists(earlier => string.Equals(earlier.Key, tag.Key, StringComparison.Ordinal)))
                key.Add(tag);
        }

        return [.. key.OrderBy(tag => tag.Key, StringComparer.Ordinal)];
    }

    public bool Equals(ReadOnlySpan<Tag> alternate, Tag[] other)
    {
        var same = 0;
        foreach (ref readonly var tag in alternate)
        {
            if (!IsKept(tag))
                continue;
            if (!Equals(Find(other, tag.Key), tag.Value))
                return false;
            same++;
        }

        return same == other.Length;
    }

    public int GetHashCode(ReadOnlySpan<Tag> alternate)
    {
        var hash = 0;
        foreach (ref readonly var tag in alternate)
        {
            if (IsKept(tag))
                hash += tag.Value!.GetHashCode(); // Of the value alone: the name would double the cost and rarely tell more.
        }

        return hash;
    }

    public bool Equals(Tag[]? x, Tag[]? y) => x is not null && y is not null && Equals(x.AsSpan(), y);

    public int GetHashCode(Tag[] obj) => GetHashCode(obj.AsSpan());

    private static bool IsKept(in Tag tag) => tag.Value is not null && KeptTags.Names.Contains(tag.Key);

    private static object? Find(Tag[] tags, string name)
    {
        foreach (ref readonly var tag in tags.AsSpan())
        {
            if (string.Equals(tag.Key, name, StringComparison.Ordinal))
                return tag.Value;
        }

        return null;
    }
}
