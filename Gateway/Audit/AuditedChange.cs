using Gateway.Users;

namespace Gateway.Audit;

/// <summary>A change to the user database and the event that tells of it: both are written, or neither.</summary>
internal sealed class AuditedChange(UserDatabase database, WriteTurns turns, AuditSettings settings, AuditEcho echo, TimeProvider clock)
{
    /// <param name="change">Makes the change in this scope's database, and says what it was. Must take no turn of its own.</param>
    /// <exception cref="DatabaseBusyException">Others wait for the database already.</exception>
    public async Task MakeAsync(Func<Task<AuditEvent>> change, CancellationToken cancellationToken)
    {
        AuditEvent? made = null;
        await turns.WriteAsync(
            database,
            async () =>
            {
                var what = (await change() with { At = clock.GetUtcNow() }).Fitted();
                if (!settings.Records(what.Action))
                    return;
                await database.InsertAsync([what], cancellationToken);
                made = what;
            },
            cancellationToken);
        if (made is not null)
            echo.Tell([made]);
    }
}
