using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Audit.Webhook;

/// <summary>What an organisation has at the other end: it believes only what is signed with the secret, as README says how.</summary>
internal sealed class AuditReceiver : IAsyncDisposable
{
    private readonly RawDestination server;
    private readonly byte[] secret;
    private readonly ConcurrentQueue<JsonElement> events = [];
    private readonly ConcurrentQueue<string> forgeries = [];
    private int requests;

    private AuditReceiver(string secret)
    {
        this.secret = Encoding.UTF8.GetBytes(secret);
        server = RawDestination.Start(Answer);
    }

    public Uri Address => server.Address;

    public IReadOnlyList<JsonElement> Events => [.. events];

    public IReadOnlyList<string> Forgeries => [.. forgeries];

    public int Requests => Volatile.Read(ref requests);

    /// <summary>Answers 503, and takes nothing.</summary>
    public bool IsDown { get; set; }

    public static AuditReceiver Start(string secret) => new(secret);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private byte[] Answer(RawMessage request)
    {
        Interlocked.Increment(ref requests);
        if (IsDown)
            return Encoding.ASCII.GetBytes("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        var signature = request.Values("Gateway-Signature").Single();
        var parts = signature.Split(',').ToDictionary(part => part.Split('=')[0], part => part.Split('=')[1], StringComparer.Ordinal);
        using var hmac = new HMACSHA256(secret);
        var expected = Convert.ToHexStringLower(hmac.ComputeHash([.. Encoding.ASCII.GetBytes(parts["t"] + "."), .. request.Body]));
        if (expected != parts["v1"] || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(parts["t"])) > 300)
        {
            forgeries.Enqueue(signature);
            return Encoding.ASCII.GetBytes("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        }

        using var document = JsonDocument.Parse(request.Body);
        foreach (var what in document.RootElement.GetProperty("events").EnumerateArray())
            events.Enqueue(what.Clone());
        return RawDestination.Ok("");
    }
}
