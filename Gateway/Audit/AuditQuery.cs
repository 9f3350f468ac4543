using System.Runtime.CompilerServices;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Audit;

/// <summary>Reads the trail, page by page: by numbers and not by counting rows, so that the last page costs what the first does.</summary>
internal sealed class AuditQuery(UserDatabase database)
{
    private const int PageSize = 1000;

    /// <summary>The newest first.</summary>
    /// <param name="before">The smallest number of the page before; absent for the first page.</param>
    public async Task<IReadOnlyList<AuditEvent>> NewestAsync(AuditFilter filter, long? before, int count, CancellationToken cancellationToken)
    {
        var found = filter.Of(database.Set<AuditEvent>());
        if (before is { } id)
            found = found.Where(what => what.Id < id);
        return await found.OrderByDescending(what => what.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>The oldest first.</summary>
    /// <param name="after">The largest number of the page before; 0 for the first page.</param>
    public async Task<IReadOnlyList<AuditEvent>> OldestAsync(AuditFilter filter, long after, int count, CancellationToken cancellationToken) =>
        await filter.Of(database.Set<AuditEvent>()).Where(what => what.Id > after).OrderBy(what => what.Id).Take(count).ToListAsync(cancellationToken);

    /// <summary>All of them, the oldest first. However many there are, a page of them is in memory, and no transaction stays open.</summary>
    public async IAsyncEnumerable<AuditEvent> AllAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<AuditEvent> page;
        var last = 0L;
        do
        {
            page = await OldestAsync(filter, last, PageSize, cancellationToken);
            foreach (var what in page)
                yield return what;
            last = page.Count == 0 ? last : page[^1].Id;
        }
        while (page.Count == PageSize);
    }
}
