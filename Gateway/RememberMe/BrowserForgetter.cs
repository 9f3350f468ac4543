using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.RememberMe;

/// <summary>Makes a browser's cookie worthless: at once by deleting its row, and by agreement while the row can't be deleted.</summary>
internal sealed class BrowserForgetter(
    RememberedBrowsers browsers,
    OutageCopies copies,
    PendingForgets pending,
    RestoreAgreement agreement,
    SessionIssuer issuer,
    ILogger<BrowserForgetter> logger)
{
    /// <returns>The owner of a browser that was remembered until now, where one is known.</returns>
    /// <param name="userId">The owner where the caller knows one; otherwise the row tells.</param>
    /// <exception cref="Exception">A <see cref="DatabaseFault"/>: too many wait for the database already.</exception>
    public async Task<string?> ForgetAsync(string browserId, string? userId, CancellationToken cancellationToken)
    {
        if (pending.Has(browserId))
            return null;
        var owner = userId;
        try
        {
            owner ??= await browsers.OwnerOfAsync(browserId, cancellationToken);
            if (owner is not null)
                await ForgetNowAsync(browserId, owner, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception) && pending.TryAdd(new PendingForget(browserId, owner, IsAgreed: false)))
        {
            logger.RowStays(DatabaseFault.Reason(exception));
            await ForgetMeanwhileAsync(browserId, owner, cancellationToken);
        }

        return owner;
    }

    /// <summary>Tries once more what was left undone.</summary>
    public async Task FinishAsync(PendingForget forget, CancellationToken cancellationToken)
    {
        try
        {
            if ((forget.UserId ?? await browsers.OwnerOfAsync(forget.BrowserId, cancellationToken)) is { } owner)
                await ForgetNowAsync(forget.BrowserId, owner, cancellationToken);
            pending.Done(forget.BrowserId);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            if (!forget.IsAgreed)
                await ForgetMeanwhileAsync(forget.BrowserId, forget.UserId, cancellationToken);
        }
    }

    // The row before the sessions: a request that restores one at this moment looks for the row once more afterwards. And every
    // session of this browser, because the visitor's may be on its way in an answer that has not arrived yet.
    private async Task ForgetNowAsync(string browserId, string owner, CancellationToken cancellationToken)
    {
        await browsers.RemoveAsync(browserId, cancellationToken);
        copies.Drop(browserId);
        await issuer.EndBrowserAsync(browserId, owner, "its browser was forgotten", cancellationToken);
    }

    private async Task ForgetMeanwhileAsync(string browserId, string? userId, CancellationToken cancellationToken)
    {
        copies.Drop(browserId);
        if (await agreement.OnNoneAsync(browserId, cancellationToken))
            pending.TryAdd(new PendingForget(browserId, userId, IsAgreed: true));
        if (userId is not null)
            await issuer.EndBrowserAsync(browserId, userId, "its browser was forgotten", cancellationToken);
    }
}
