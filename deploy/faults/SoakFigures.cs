using System.Globalization;

namespace Faults;

/// <summary>Whether a figure stayed flat: the median of the last third against that of the first.</summary>
internal sealed class SoakFigures(IReadOnlyList<SoakSample> samples)
{
    public static readonly string[] Head = ["gateway", "figure", "first third", "whole", "last third", "highest", "slope per hour"];

    // What a busy process gains until its caches and pools have their size.
    private const double Growth = 1.25;
    private const double Allowance = 30;

    public static IEnumerable<(string Name, Func<SoakSample, double> Of)> All =>
    [
        ("resident memory, MB", sample => sample.ResidentMegabytes),
        ("managed heap, MB", sample => sample.HeapMegabytes),
        ("handles", sample => sample.Handles),
        ("threads", sample => sample.Threads),
    ];

    public bool IsFlat(Func<SoakSample, double> figure) => Median(Last, figure) <= (Median(First, figure) * Growth) + Allowance;

    public string[] Cells(string gateway, string name, Func<SoakSample, double> figure) =>
    [
        gateway, name, Text(Median(First, figure)), Text(Median(samples, figure)), Text(Median(Last, figure)), Text(samples.Max(figure)), Text(Slope(figure) * 60),
    ];

    private List<SoakSample> First => [.. samples.Take((samples.Count + 2) / 3)];

    private List<SoakSample> Last => [.. samples.TakeLast((samples.Count + 2) / 3)];

    private static double Median(IEnumerable<SoakSample> samples, Func<SoakSample, double> figure)
    {
        var sorted = samples.Select(figure).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    // Least squares, over the last two thirds: the first is when everything gets its size.
    private double Slope(Func<SoakSample, double> figure)
    {
        var settled = samples.Skip(samples.Count / 3).ToList();
        var (time, mean) = (settled.Average(sample => sample.Minutes), settled.Average(figure));
        var spread = settled.Sum(sample => Math.Pow(sample.Minutes - time, 2));
        return spread == 0 ? 0 : settled.Sum(sample => (sample.Minutes - time) * (figure(sample) - mean)) / spread;
    }

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
