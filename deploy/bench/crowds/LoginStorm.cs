using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;

namespace Crowds;

/// <summary>
/// Many more right logins than can be hashed, while visitors with sessions go on: these notice nothing but time, and of those some get
/// in and all others are asked to come back.
/// </summary>
internal sealed class LoginStorm(Site site, IReadOnlyList<Visitor> visitors, double rate)
{
    private const double LoginsASecond = 100;
    private const int Seconds = 15;

    private readonly ConcurrentBag<string> outcomes = [];

    public async Task<bool> RunAsync()
    {
        var pages = OpenLoop.RunAsync((int)(rate * Seconds), rate, number => site.VisitAsync(visitors[number % visitors.Count]));
        var logins = OpenLoop.RunAsync((int)(LoginsASecond * Seconds), LoginsASecond, LogInAsync);
        var (served, tried) = (await pages, await logins);
        var counts = outcomes.CountBy(outcome => outcome).ToDictionary(StringComparer.Ordinal);
        var (done, later) = (counts.GetValueOrDefault("done"), counts.GetValueOrDefault("later"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {LoginsASecond} logins a second for {Seconds} s beside {rate} pages a second:
              pages: p50 {served.P50:0.0} ms, p99 {served.P99:0.0} ms, {served.Faults.Count} of {served.Count} wrong
              logins: {done} done, {later} asked to come back (429 or 503 with Retry-After), {tried.Faults.Count} otherwise; the longest answer took {tried.Longest / 1000:0.0} s
            """));
        foreach (var fault in served.Faults.Concat(tried.Faults).CountBy(fault => fault).Take(5))
            Console.WriteLine($"    {fault.Value} times {fault.Key}");
        return served.Faults.Count == 0 && tried.Faults.Count == 0 && done > 0 && later > 0;
    }

    // Each from an address of its own, like visitors.
    private async Task<string?> LogInAsync(int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_gateway/login")
        {
            Content = JsonContent.Create(new { email = visitors[number % visitors.Count].Email, password = Remembering.Password }),
        };
        request.Headers.Add("X-Forwarded-For", $"198.51.{number / 250 % 250}.{1 + (number % 250)}");
        using var answer = await site.SendAsync(request);
        var status = (int)answer.StatusCode;
        if (status == 200)
            outcomes.Add("done");
        else if (status is 429 or 503 && answer.Headers.RetryAfter is not null)
            outcomes.Add("later");
        else
            return $"login: {status}";
        return null;
    }
}
