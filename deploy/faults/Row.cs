using System.Globalization;
using Faults.Load;

namespace Faults;

/// <summary>What came of a fault.</summary>
/// <param name="Recovery">From the moment when what was broken answered again until every visitor was served; null when they never were.</param>
internal sealed record Row(string Fault, Tally? Tally, TimeSpan? Recovery, string? Skipped = null)
{
    private static readonly Finding[] MustBeZero = [Finding.WrongIdentity, Finding.CookieDestroyed, Finding.LoginSeen, Finding.Stale, Finding.Unexpected];

    public bool Holds(TimeSpan limit) => Tally is null || (MustBeZero.All(finding => Tally[finding] == 0) && Recovery <= limit);

    public string[] Cells() => Tally is null
        ? [Fault, $"skipped: {Skipped}", "", "", "", "", "", "", "", ""]
        :
        [
            Fault,
            Number(Tally.Requests),
            .. new[] { Finding.WrongIdentity, Finding.CookieDestroyed, Finding.LoginSeen, Finding.Stale, Finding.Excused, Finding.Unexpected }.Select(finding => Number(Tally[finding])),
            Seconds(Tally.Slowest),
            Recovery is { } time ? Seconds(time) : "never",
        ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
