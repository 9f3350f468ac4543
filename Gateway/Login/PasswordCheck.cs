using Gateway.Login.Throttle;
using Gateway.Users;

namespace Gateway.Login;

/// <summary>Waiting room → throttle → credential verifier: one look at a password.</summary>
internal sealed class PasswordCheck(WaitingRoom room, LoginQueue queue, LoginThrottle throttle, CredentialVerifier verifier, DatabaseWatch database)
{
    /// <summary>No admission: there are too many at this moment, and nothing was counted.</summary>
    public async Task<(Admission? Admission, KnownUser? User)> RunAsync(
        string email, string password, AccountName account, KnownBrowser? browser, ClientAddress address, CancellationToken cancellationToken)
    {
        using var place = await room.EnterAsync(browser is null ? address.Hash : account.ToString(), browser is not null, cancellationToken);
        if (place is null)
            return default;
        using var turn = await queue.EnterAsync(account.ToString(), cancellationToken);
        var admission = await throttle.AdmitAsync(account, browser, address, cancellationToken);
        if (admission.Kind is AdmissionKind.AddressRefused)
            return (admission, null);
        if (admission.Kind is not AdmissionKind.Locked)
            return (admission, await VerifyAsync(email, password, admission, cancellationToken));

        // The owner of the account doesn't wait for guesses that are refused in any case.
        turn.Dispose();
        // Beside the hashing, so that it takes no time of its own.
        await Task.WhenAll(
            throttle.ForgiveAddressAsync(admission, cancellationToken),
            verifier.VerifyAsync(email, password, inVain: true, cancellationToken));
        return (admission, null);
    }

    private async Task<KnownUser?> VerifyAsync(string email, string password, Admission admission, CancellationToken cancellationToken)
    {
        try
        {
            return await verifier.VerifyAsync(email, password, inVain: false, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            database.Failed(exception);
            // Nobody guessed wrong. A visitor who leaves is no such case: they may have seen enough.
            await throttle.TakeBackAsync(admission, CancellationToken.None);
            throw;
        }
    }
}
