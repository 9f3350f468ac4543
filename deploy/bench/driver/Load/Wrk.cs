using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Tests.Hosting;

namespace Bench.Load;

/// <summary>The closed loop: so many connections, each sending its next request as soon as it has an answer.</summary>
internal sealed partial class Wrk(int connections, string folder)
{
    public async Task<ClosedLoop> RunAsync(Turn turn, TimeSpan time)
    {
        string[] arguments = [.. Arguments(turn, time), .. await ScriptAsync(turn.Ask), turn.Server.At(turn.Ask.Paths[0]).ToString()];
        var info = new ProcessStartInfo(Executable.Require("wrk"), arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using var wrk = Process.Start(info)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (Requests().Match(output) is not { Success: true } requests || Failures().IsMatch(output))
            throw new InvalidOperationException($"{turn.Name} did not answer every request well:\n{output}");
        return new ClosedLoop(
            int.Parse(requests.Groups["count"].ValueSpan, CultureInfo.InvariantCulture),
            double.Parse(Throughput().Match(output).Groups["rate"].ValueSpan, CultureInfo.InvariantCulture),
            Milliseconds(output, "50%"),
            Milliseconds(output, "99%"));
    }

    private string[] Arguments(Turn turn, TimeSpan time) =>
    [
        "--threads", "1", "--connections", connections.ToString(CultureInfo.InvariantCulture), "--latency",
        "--duration", string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s"), "--header", $"Cookie: {turn.Ask.CookiesAfter(turn.Server.Cookies)}",
        .. turn.Ask.Headers.SelectMany(header => new[] { "--header", $"{header.Name}: {header.Value}" }),
    ];

    private async Task<string[]> ScriptAsync(Ask ask)
    {
        if (WrkScript.For(ask) is not { } script)
            return [];
        var file = Path.Combine(folder, "wrk.lua");
        await File.WriteAllTextAsync(file, script);
        return ["--script", file];
    }

    private static double Milliseconds(string output, string percentile)
    {
        var match = Latency().Matches(output).First(match => match.Groups["percentile"].Value == percentile);
        var value = double.Parse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch { "us" => value / 1000, "ms" => value, _ => value * 1000 };
    }

    [GeneratedRegex(@"(?<count>\d+) requests in ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Throughput();

    [GeneratedRegex(@"Non-2xx|Socket errors", RegexOptions.None, 1000)]
    private static partial Regex Failures();

    [GeneratedRegex(@"(?<percentile>\d+%)\s+(?<value>[\d.]+)(?<unit>us|ms|s)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Latency();
}

/// <summary>What wrk saw; times in milliseconds.</summary>
internal sealed record ClosedLoop(int Requests, double PerSecond, double Median, double P99);
