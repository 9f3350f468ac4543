namespace Gateway.Sessions;

/// <summary>How many copies there are of each age, counted coarsely: sorting a hundred thousand of them would hold up requests.</summary>
internal sealed class CopyAges(TimeSpan longest)
{
    private const int Steps = 500;

    private readonly int[] counts = new int[Steps + 1];
    private int total;

    public void Count(TimeSpan age)
    {
        counts[Math.Clamp((int)(age / longest * Steps), 0, Steps)]++;
        total++;
    }

    /// <summary>The age from which on copies have to go so that no more than <paramref name="most"/> stay; null when all may.</summary>
    public TimeSpan? LimitFor(int most)
    {
        if (total <= most)
            return null;
        var kept = 0;
        for (var step = 0; step < Steps; step++)
        {
            kept += counts[step];
            if (kept > most)
                return longest * step / Steps;
        }

        return longest;
    }
}
