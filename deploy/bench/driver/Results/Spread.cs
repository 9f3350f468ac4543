using System.Globalization;

namespace Bench.Results;

internal static class Spread
{
    /// <summary>Median (minimum–maximum).</summary>
    public static string Of(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToArray();
        return $"{Text(Middle(sorted), format)} ({Text(sorted[0], format)}–{Text(sorted[^1], format)})";
    }

    public static string Median(IEnumerable<double> values, string format) => Text(Middle([.. values.Order()]), format);

    private static double Middle(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
