using System.Collections.Concurrent;
using System.Diagnostics;

namespace Faults.Load;

/// <summary>What a fault may cost a request; anything else is unexpected.</summary>
[Flags]
internal enum Excuses
{
    None = 0,

    /// <summary>503 with Retry-After.</summary>
    Unavailable = 1,

    /// <summary>A gateway that can't be reached or breaks off.</summary>
    Gateway = 2,

    /// <summary>An application that answers through the gateway with 502 or 504, breaks off, or not in time.</summary>
    Application = 4,

    /// <summary>A login that is asked to come again, with 429 and Retry-After, when all who lost their sessions come at once.</summary>
    Queue = 8,
}

internal enum Finding
{
    /// <summary>An application was told another user than the one whose cookies came, or none.</summary>
    WrongIdentity,

    /// <summary>A gateway cookie was deleted, expired or emptied without a logout.</summary>
    CookieDestroyed,

    /// <summary>A visitor with a live record or a remembering cookie was asked to log in.</summary>
    LoginSeen,

    /// <summary>A logged out session was served later than it may be.</summary>
    Stale,

    /// <summary>An error that the fault excuses.</summary>
    Excused,

    Unexpected,
}

/// <summary>What was seen while a fault was there and until it was over.</summary>
internal sealed class Tally(Excuses excuses)
{
    private const int MostExamples = 12;

    private readonly int[] findings = new int[Enum.GetValues<Finding>().Length];
    private readonly ConcurrentQueue<string> examples = [];
    private readonly long begin = Stopwatch.GetTimestamp();
    private int requests;
    private long lastBad;
    private long slowest;

    public Excuses Excuses => excuses;

    public int Requests => requests;

    /// <summary>When the last answer came that was none of a healthy gateway; zero before any.</summary>
    public long LastBad => Volatile.Read(ref lastBad);

    /// <summary>Of the answers of gateways; not of a request that the fault itself held up.</summary>
    public TimeSpan Slowest => Stopwatch.GetElapsedTime(0, Volatile.Read(ref slowest));

    public IEnumerable<string> Examples => examples;

    public int this[Finding finding] => findings[(int)finding];

    public void Answered(TimeSpan elapsed)
    {
        Interlocked.Increment(ref requests);
        var ticks = (long)(elapsed.TotalSeconds * Stopwatch.Frequency);
        for (var known = Volatile.Read(ref slowest); ticks > known; known = Volatile.Read(ref slowest))
            Interlocked.CompareExchange(ref slowest, ticks, known);
    }

    /// <summary>Service is not normal yet.</summary>
    public void Bad() => Volatile.Write(ref lastBad, Stopwatch.GetTimestamp());

    /// <param name="isBad">False for what a healthy gateway may answer, too.</param>
    public void Add(Finding finding, string example, bool isBad = true)
    {
        Interlocked.Increment(ref findings[(int)finding]);
        if (isBad)
            Bad();
        if (finding != Finding.Excused && examples.Count < MostExamples)
            examples.Enqueue($"{finding} at {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s: {example}");
    }
}
