using System.Net.Http.Json;

namespace Gateway.Tests.Hosting;

public sealed class FoldingDestinationTests
{
    [Fact]
    public async Task Every_spelling_of_a_header_becomes_one_variable()
    {
        await using var destination = new FoldingDestination();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, destination.Address);
        request.Headers.Add("X-User-Id", "1");
        request.Headers.TryAddWithoutValidation("x_user_id", "2");
        request.Headers.TryAddWithoutValidation("X.User.Id", "3");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var seen = await response.Content.ReadFromJsonAsync<FoldedRequest>(TestContext.Current.CancellationToken);

        Assert.Equal("3", seen!.Last["HTTP_X_USER_ID"]);
        Assert.Equal("1, 2, 3", seen.Joined["HTTP_X_USER_ID"]);
        Assert.Equal("3", Assert.Single(destination.Requests).Last["HTTP_X_USER_ID"]);
    }
}
