using System.Diagnostics;
using System.Globalization;
using System.Net;
using Bench.Servers;

namespace Bench.Growth;

/// <summary>Asks a server that starts, or reads its configuration anew, until it answers as it should.</summary>
internal sealed class Probe(Contender server) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false });

    /// <returns>The time of the slowest answer.</returns>
    /// <param name="change">The change of the routes that the answer tells of; null for whatever it is.</param>
    public async Task<TimeSpan> UntilAsync(int? change)
    {
        var (start, slowest) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (Stopwatch.GetElapsedTime(start) < Longest)
        {
            var asked = Stopwatch.GetTimestamp();
            var isThere = await AskAsync(change?.ToString(CultureInfo.InvariantCulture));
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(asked).Ticks));
            if (isThere)
                return slowest;
            await Task.Delay(Pause);
        }

        throw new TimeoutException($"{server.Name} did not answer as it should within {Longest}");
    }

    public void Dispose() => client.Dispose();

    private async Task<bool> AskAsync(string? change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.At(server.Routes!.Changing));
        if (server.Cookies.Length > 0)
            request.Headers.Add("Cookie", server.Cookies);
        try
        {
            using var response = await client.SendAsync(request);
            return response.StatusCode is HttpStatusCode.OK
                && (change is null || (response.Headers.TryGetValues(RouteTable.ChangeHeader, out var told) && told.Contains(change, StringComparer.Ordinal)));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConnectionError)
        {
            return false;
        }
    }
}
