using System.Globalization;
using Faults.Load;

namespace Faults;

/// <summary>What came of a fault.</summary>
/// <param name="Recovery">From the moment when what was broken answered again until every visitor was served who need not log in again; null when they never were.</param>
/// <param name="Relogin">Until the last of those had logged in again whose sessions were lost and whom no cookie remembers; null when there were none.</param>
internal sealed record Row(string Fault, Tally? Tally, TimeSpan? Recovery, TimeSpan? Relogin, string? Skipped = null)
{
    private static readonly Finding[] MustBeZero = [Finding.WrongIdentity, Finding.CookieDestroyed, Finding.LoginSeen, Finding.Stale, Finding.Unexpected];

    public bool Holds(TimeSpan limit) => Tally is null || (MustBeZero.All(finding => Tally[finding] == 0) && Recovery <= limit);

    public string[] Cells() => Tally is null
        ? [Fault, $"skipped: {Skipped}", "", "", "", "", "", "", "", "", ""]
        :
        [
            Fault,
            Number(Tally.Requests),
            .. new[] { Finding.WrongIdentity, Finding.CookieDestroyed, Finding.LoginSeen, Finding.Stale, Finding.Excused, Finding.Unexpected }.Select(finding => Number(Tally[finding])),
            Seconds(Tally.Slowest),
            Recovery is { } time ? Seconds(time) : "never",
            Relogin is { } last ? Seconds(last) : "",
        ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
