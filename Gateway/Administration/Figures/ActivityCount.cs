using Gateway.Audit;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Administration.Figures;

/// <summary>Counts what happened lately, in the audit trail: one statement over its index by time.</summary>
internal sealed class ActivityCount(UserDatabase database, AuditSettings settings, TimeProvider clock)
{
    private static readonly string[] Actions =
    [
        AuditActions.LoginSucceeded, AuditActions.LoginRefused, AuditActions.LoginLocked, AuditActions.LoginThrottled, AuditActions.SessionRestored,
    ];

    public async Task<(Activity LastHour, Activity LastDay)> CountAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (hour, day) = (now.AddHours(-1), now.AddDays(-1));
        var counts = await database.Set<AuditEvent>()
            .Where(what => what.At >= day && Actions.Contains(what.Action))
            .GroupBy(what => what.Action)
            .Select(alike => new { Action = alike.Key, InHour = alike.LongCount(what => what.At >= hour), InDay = alike.LongCount() })
            .ToDictionaryAsync(count => count.Action, StringComparer.Ordinal, cancellationToken);
        return (Of(action => counts.GetValueOrDefault(action)?.InHour ?? 0), Of(action => counts.GetValueOrDefault(action)?.InDay ?? 0));
    }

    private Activity Of(Func<string, long> count)
    {
        return new Activity(
            Recorded(AuditActions.LoginSucceeded),
            Recorded(AuditActions.LoginRefused),
            Recorded(AuditActions.LoginLocked),
            Recorded(AuditActions.LoginThrottled),
            Recorded(AuditActions.SessionRestored));

        // Zero would be a lie.
        long? Recorded(string action) => settings.Records(action) ? count(action) : null;
    }
}
