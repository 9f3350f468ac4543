using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Users.LegacyHashes;

/// <summary>
/// Checks a legacy hash and then pays what it was cheaper than a current one. How much that is depends on the machine, and is
/// measured: the shortest time ever seen counts, as everything else only adds. A dearer hash can't be made cheaper.
/// </summary>
internal sealed class LegacyCheck(IOptions<PasswordHasherOptions> options)
{
    // Some milliseconds, once in the life of a process.
    private const int FirstIterations = 5_000;

    private static readonly (string, long) Iteration = ("an iteration of the current one", 1);

    private readonly PasswordHasher<GatewayUser> current = new(options);
    private readonly ConcurrentDictionary<(string Format, long Work), double> microseconds = new();

    public bool Matches(LegacyHash hash, string password)
    {
        if (microseconds.IsEmpty)
            Pay(FirstIterations, password);
        var kind = (hash.Format, hash.Work);
        // The first of its kind pays all: its time is also that of compiling what checks it.
        var isFirst = !microseconds.ContainsKey(kind);
        var start = ThreadTime.Now;
        var matches = hash.Matches(password);
        var cost = Least(kind, start, times: 1);
        var paid = isFirst ? 0 : Math.Min(cost / microseconds[Iteration], options.Value.IterationCount);
        Pay((int)(options.Value.IterationCount - paid), password);
        return matches;
    }

    private void Pay(int iterations, string password)
    {
        if (iterations == 0)
            return;
        var start = ThreadTime.Now;
        current.VerifyHashedPassword(new GatewayUser(), IdentityHash.Blank(iterations), password);
        Least(Iteration, start, iterations);
    }

    private double Least((string Format, long Work) kind, TimeSpan start, int times)
    {
        var time = (ThreadTime.Now - start).TotalMicroseconds / times;
        return microseconds.AddOrUpdate(kind, time, (_, before) => Math.Min(before, time));
    }
}
