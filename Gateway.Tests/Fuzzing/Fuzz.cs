using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Gateway.Tests.Fuzzing;

/// <summary>
/// Holds a property against random values. GATEWAY_FUZZ_COUNT says against how many (<c>deploy/fuzz</c> sets it), GATEWAY_FUZZ_REPLAY
/// repeats a failure: the three numbers behind "Replay directly at failing step with" in its message.
/// </summary>
internal static class Fuzz
{
    private const int UsualCount = 100;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("GATEWAY_FUZZ_COUNT"), CultureInfo.InvariantCulture, out var count) ? count : UsualCount;

    /// <param name="cost">How much longer than the usual property one value takes: so many fewer are tried.</param>
    public static void Holds<T>(Gen<T> values, Action<T> property, int cost = 1) =>
        Check.One(Settings(cost), Prop.ForAll(values.ToArbitrary(), property));

    private static Config Settings(int cost)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Math.Max(1, Count / cost)).WithEndSize(60);
        if (Environment.GetEnvironmentVariable("GATEWAY_FUZZ_REPLAY") is not { Length: > 0 } replay)
            return config;
        var numbers = replay.Trim('(', ')').Split(',');
        return config.WithReplay(
            ulong.Parse(numbers[0], CultureInfo.InvariantCulture),
            ulong.Parse(numbers[1], CultureInfo.InvariantCulture),
            int.Parse(numbers[2], CultureInfo.InvariantCulture));
    }
}
