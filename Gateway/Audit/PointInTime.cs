using System.Globalization;

namespace Gateway.Audit;

/// <summary>A moment as somebody types one: a date, a date with a time, or how long ago.</summary>
internal static class PointInTime
{
    public const string Rule = "a date (2026-11-28), a date with a time (2026-11-28T14:30, in UTC unless a zone is given), or how long ago (30m, 24h, 7d)";

    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFF", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFK"];

    /// <summary>Null for what is no moment.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (Ago(text) is { } ago)
            return now - ago;
        // As the list of events shows it.
        var written = text.Length > 10 && text[10] == ' ' ? $"{text[..10]}T{text[11..]}" : text;
        return DateTimeOffset.TryParseExact(written, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    // Six digits at most: nothing that a date could not be that far from today.
    private static TimeSpan? Ago(string text) =>
        text.Length is > 1 and <= 6 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => null,
            }
            : null;
}
