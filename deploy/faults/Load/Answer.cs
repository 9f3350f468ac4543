using System.Diagnostics;

namespace Faults.Load;

/// <summary>What came back for a request, or why nothing did.</summary>
internal sealed record Answer(int Status, string Body, IReadOnlyList<string> SetCookies, string? Location, bool HasRetryAfter, string? Failure)
{
    /// <summary>Asked of a visitor who is taken for a stranger.</summary>
    public bool AsksForLogin => Status == 401 || (Status is 302 or 303 && Location?.Contains("/login", StringComparison.Ordinal) == true);

    public TimeSpan Elapsed { get; init; }

    public static async Task<Answer> OfAsync(HttpClient door, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await AskAsync(door, request, cancellationToken);
        return answer with { Elapsed = Stopwatch.GetElapsedTime(start) };
    }

    public override string ToString() => Failure ?? $"{Status}{(Location is null ? "" : $" to {Location}")}";

    private static async Task<Answer> AskAsync(HttpClient door, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await door.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var setCookies = response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines.ToArray() : [];
            return new Answer((int)response.StatusCode, body, setCookies, response.Headers.Location?.OriginalString, response.Headers.RetryAfter is not null, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer(0, "", [], null, HasRetryAfter: false, "no answer in time");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new Answer(0, "", [], null, HasRetryAfter: false, exception.GetBaseException().Message);
        }
    }
}

/// <summary>Changes answers on their way to the checks: how the suite is shown to notice what it looks for.</summary>
internal delegate Answer Tamper(HttpRequestMessage request, Answer answer);
