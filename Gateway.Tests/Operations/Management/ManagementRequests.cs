using System.Text.Json;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Operations.Management;

/// <summary>What a balancer and Prometheus ask.</summary>
internal static class ManagementRequests
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    public static Task<HttpResponseMessage> AskManagementAsync(this TestGateway gateway, string path, HttpMethod? method = null) =>
        AskAsync(new Uri(gateway.ManagementAddress, path), method);

    public static async Task<HttpResponseMessage> AskAsync(Uri address, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>What a health answer says of one check: its status, and what failed.</summary>
    public static async Task<(string Status, string? Error)> CheckAsync(this HttpResponseMessage response, string name)
    {
        using var json = JsonDocument.Parse(await response.TextAsync());
        var check = json.RootElement.GetProperty("checks").GetProperty(name);
        return (check.GetProperty("status").GetString()!, check.TryGetProperty("error", out var error) ? error.GetString() : null);
    }

    public static async Task<Exposition> MetricsAsync(this TestGateway gateway)
    {
        using var response = await gateway.AskManagementAsync("/metrics");
        return new Exposition(await response.TextAsync());
    }

    public static Task<string> TextAsync(this HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
