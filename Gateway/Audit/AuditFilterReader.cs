using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Audit;

/// <summary>Which events are asked for, as somebody typed it; what is absent or empty doesn't matter.</summary>
/// <param name="Since">Like the next one, a moment as <see cref="PointInTime"/> reads it.</param>
/// <param name="User">An address or an id.</param>
internal sealed record TypedAuditFilter(string? Since = null, string? Until = null, string? User = null, string? Action = null, string? Text = null);

/// <summary>Makes a filter of what was typed.</summary>
internal sealed class AuditFilterReader(UserManager<GatewayUser> users, TimeProvider clock)
{
    private const int LongestText = 256;

    /// <summary>Moments that are none are left out: whoever asks has looked at them already.</summary>
    public async Task<AuditFilter> ReadAsync(TypedAuditFilter typed) => new(
        Moment(typed.Since),
        Moment(typed.Until),
        Given(typed.User) is { } name ? await IdOfAsync(name) : null,
        Action: Given(typed.Action),
        Text: Given(typed.Text));

    // Somebody who was removed has events still, and no address any more.
    private async Task<string> IdOfAsync(string name) =>
        EmailAddress.Trim(name) is var email && EmailAddress.IsValid(email) && await users.FindByEmailAsync(email) is { } user ? user.Id : name;

    private DateTimeOffset? Moment(string? typed) => Given(typed) is { } text ? PointInTime.Parse(text, clock.GetUtcNow()) : null;

    // PostgreSQL refuses to look for some characters, which no event has.
    private static string? Given(string? typed) => AuditText.Cut(typed, LongestText) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
