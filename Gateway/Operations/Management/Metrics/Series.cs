namespace Gateway.Operations.Management.Metrics;

/// <summary>The measurements of one instrument that share their labels. Recording takes no lock and allocates nothing.</summary>
internal abstract class Series
{
    public abstract void Record(double value);
}

/// <summary>A number that measurements are added to: a counter, or a gauge that goes up and down.</summary>
internal sealed class Sum : Series
{
    private double value;

    public double Value => Volatile.Read(ref value);

    public override void Record(double value) => Add(ref this.value, value);

    public static void Add(ref double total, double value)
    {
        var seen = Volatile.Read(ref total);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref total, seen + value, seen);
            // Bits, because a sum that has become NaN equals nothing, not even itself.
            if (BitConverter.DoubleToInt64Bits(before) == BitConverter.DoubleToInt64Bits(seen))
                return;
            seen = before;
        }
    }
}

/// <summary>A histogram: how many measurements were up to each bound, the last bound being infinity.</summary>
internal sealed class Buckets(IReadOnlyList<double> bounds) : Series
{
    private readonly double[] bounds = [.. bounds];
    private readonly long[] counts = new long[bounds.Count + 1];
    private double sum;

    public double Sum => Volatile.Read(ref sum);

    public override void Record(double value)
    {
        var index = 0;
        while (index < bounds.Length && value > bounds[index])
            index++;
        Interlocked.Increment(ref counts[index]);
        Management.Metrics.Sum.Add(ref sum, value);
    }

    /// <summary>Each bound and how many measurements were up to it.</summary>
    public IEnumerable<(double Bound, long Count)> Cumulated()
    {
        var total = 0L;
        for (var index = 0; index < counts.Length; index++)
        {
            total += Interlocked.Read(ref counts[index]);
            yield return (index < bounds.Length ? bounds[index] : double.PositiveInfinity, total);
        }
    }
}
