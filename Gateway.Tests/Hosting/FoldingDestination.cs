using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Hosting;

/// <summary>
/// What a CGI, PHP or WSGI application sees of a request: header names folded into variables, so that
/// <c>X-User-Id</c>, <c>x_user_id</c> and <c>X.User.Id</c> are one. It answers them as JSON.
/// </summary>
internal sealed partial class FoldingDestination : IAsyncDisposable
{
    private readonly RawDestination destination = RawDestination.Start(
        request => RawDestination.Ok(JsonSerializer.Serialize(Fold(request)), "Content-Type: application/json"));

    public Uri Address => destination.Address;

    public IReadOnlyList<FoldedRequest> Requests => [.. destination.Requests.Select(Fold)];

    public ValueTask DisposeAsync() => destination.DisposeAsync();

    private static FoldedRequest Fold(RawMessage request)
    {
        var variables = request.Headers.ToLookup(header => Variable(header.Name), header => header.Value, StringComparer.Ordinal);
        return new FoldedRequest(
            variables.ToDictionary(variable => variable.Key, variable => variable.Last(), StringComparer.Ordinal),
            variables.ToDictionary(variable => variable.Key, variable => string.Join(", ", variable), StringComparer.Ordinal));
    }

    private static string Variable(string header)
    {
        var folded = NotAlphanumeric.Replace(header.ToUpperInvariant(), "_");
        return folded is "CONTENT_TYPE" or "CONTENT_LENGTH" ? folded : "HTTP_" + folded;
    }

    [GeneratedRegex("[^A-Z0-9]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotAlphanumeric { get; }
}

/// <param name="Last">Each variable as servers show it that let the last header win.</param>
/// <param name="Joined">Each variable as servers show it that join repeated headers.</param>
internal sealed record FoldedRequest(IReadOnlyDictionary<string, string> Last, IReadOnlyDictionary<string, string> Joined);
