using System.Text.Json;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Audit.Webhook;

/// <summary>How far the receiver has taken the trail, and which node is sending it more.</summary>
/// <param name="Sent">The number of the last event that was taken.</param>
/// <param name="Holder">The node that sends, until the lease is over.</param>
/// <param name="Until">In milliseconds since 1970.</param>
internal sealed record WebhookCursor(long Sent, string Holder, long Until)
{
    private const string Name = "webhook";

    // Longer than an answer may take and its acknowledgement be written.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Who sends for the first time begins with what happens from now on.</summary>
    public static async Task<WebhookCursor> ReadAsync(UserDatabase database, CancellationToken cancellationToken)
    {
        if (await database.ReadStateAsync(Name, cancellationToken) is { } text)
            return Parse(text);
        var newest = await database.Set<AuditEvent>().MaxAsync(what => (long?)what.Id, cancellationToken) ?? 0;
        await database.AddStateAsync(Name, new WebhookCursor(newest, "", 0).ToString(), cancellationToken);
        return Parse((await database.ReadStateAsync(Name, cancellationToken))!);
    }

    public bool MayBeTakenBy(string node, DateTimeOffset now) =>
        string.Equals(Holder, node, StringComparison.Ordinal) || now.ToUnixTimeMilliseconds() >= Until;

    /// <summary>Null when another node was faster.</summary>
    public Task<WebhookCursor?> TryTakeAsync(UserDatabase database, string node, DateTimeOffset now, CancellationToken cancellationToken) =>
        TryBecomeAsync(this with { Holder = node, Until = (now + Lease).ToUnixTimeMilliseconds() }, database, cancellationToken);

    /// <summary>Leaves the rest to whoever comes first.</summary>
    public Task<WebhookCursor?> TryLeaveAsync(UserDatabase database, long sent, CancellationToken cancellationToken) =>
        TryBecomeAsync(new WebhookCursor(sent, "", 0), database, cancellationToken);

    public override string ToString() => JsonSerializer.Serialize(this);

    private static WebhookCursor Parse(string text) => JsonSerializer.Deserialize<WebhookCursor>(text)!;

    private async Task<WebhookCursor?> TryBecomeAsync(WebhookCursor next, UserDatabase database, CancellationToken cancellationToken) =>
        await database.TryChangeStateAsync(Name, ToString(), next.ToString(), cancellationToken) ? next : null;
}
