using Microsoft.EntityFrameworkCore;

namespace Gateway.Audit;

/// <summary>Which events are asked for; what is absent doesn't matter.</summary>
/// <param name="Until">Events before this moment.</param>
/// <param name="User">A user's id: what they did and what was done to them.</param>
/// <param name="Actor">As <see cref="AuditParty"/> writes it.</param>
/// <param name="Action">The beginning of an action.</param>
/// <param name="Text">Found in any other column; upper and lower case differ.</param>
internal sealed record AuditFilter(
    DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? User = null, string? Actor = null, string? Action = null, string? Text = null)
{
    public IQueryable<AuditEvent> Of(DbSet<AuditEvent> events)
    {
        var found = events.AsNoTracking();
        if (Since is { } since)
            found = found.Where(what => what.At >= since);
        if (Until is { } until)
            found = found.Where(what => what.At < until);
        if (User is not null)
        {
            var user = AuditParty.User(User);
            found = found.Where(what => what.Subject == user || what.Actor == user);
        }

        if (Actor is { } actor)
            found = found.Where(what => what.Actor == actor);
        if (Action is { } action)
            found = found.Where(what => what.Action.StartsWith(action));
        if (Text is { } text)
        {
            found = found.Where(what => what.Action.Contains(text) || what.Actor!.Contains(text) || what.Subject!.Contains(text)
                || what.Address!.Contains(text) || what.UserAgent!.Contains(text) || what.Detail!.Contains(text));
        }

        return found;
    }
}
