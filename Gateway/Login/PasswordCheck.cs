using Gateway.Login.Throttle;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Login;

/// <summary>
/// Checks a password: waiting room → turn of the account → throttle → credential verifier. Every page that asks for a password asks
/// by this, so that none of them can be used to guess past the limits of the login.
/// </summary>
internal sealed class PasswordCheck(
    WaitingRoom room,
    LoginQueue queue,
    LoginThrottle throttle,
    KnownBrowserCookie cookie,
    CredentialVerifier verifier,
    ILookupNormalizer normalizer,
    DatabaseWatch database)
{
    // A turn comes free many times a second.
    private static readonly TimeSpan UntilThereIsRoom = TimeSpan.FromSeconds(5);

    public async Task<PasswordVerdict> RunAsync(HttpContext context, string email, string password, CancellationToken cancellationToken)
    {
        var account = AccountName.Of(email, normalizer);
        var attempt = new PasswordVerdict(account, ClientAddress.Of(context.Connection.RemoteIpAddress), cookie.Read(context, account));
        var verdict = await CheckAsync(attempt, email, password, cancellationToken);
        if (verdict.RetryAfter is not null)
            await room.PauseAsync(cancellationToken);
        else if (verdict.User is not null)
            await throttle.SucceededAsync(verdict.Admission!, cancellationToken);
        return verdict;
    }

    private async Task<PasswordVerdict> CheckAsync(PasswordVerdict attempt, string email, string password, CancellationToken cancellationToken)
    {
        var name = attempt.Account.ToString();
        var isKnown = attempt.Browser is not null;
        using var place = await room.EnterAsync(isKnown ? name : attempt.Address.Hash, isKnown, cancellationToken);
        if (place is null)
            return attempt with { RetryAfter = UntilThereIsRoom };
        using var turn = await queue.EnterAsync(name, cancellationToken);
        var admission = await throttle.AdmitAsync(attempt.Account, attempt.Browser, attempt.Address, cancellationToken);
        if (admission.Kind is AdmissionKind.AddressRefused)
            return attempt with { Admission = admission, RetryAfter = admission.RetryAfter };
        if (admission.Kind is not AdmissionKind.Locked)
            return attempt with { Admission = admission, User = await VerifyAsync(email, password, admission, cancellationToken) };

        // The owner of the account doesn't wait for guesses that are refused in any case.
        turn.Dispose();
        // Beside the hashing, so that it takes no time of its own.
        await Task.WhenAll(
            throttle.ForgiveAddressAsync(admission, cancellationToken),
            verifier.VerifyAsync(email, password, inVain: true, cancellationToken));
        return attempt with { Admission = admission };
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

/// <param name="Browser">Absent for one that has not logged in to the account before.</param>
internal sealed record PasswordVerdict(AccountName Account, ClientAddress Address, KnownBrowser? Browser)
{
    /// <summary>Absent when there were too many logins at this moment, and nothing was counted.</summary>
    public Admission? Admission { get; init; }

    /// <summary>Whose password it is; null when it is not, or was not looked at.</summary>
    public KnownUser? User { get; init; }

    /// <summary>Set when the password was not even looked at, and may be later.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Too many wrong ones came before it.</summary>
    public bool IsLocked => Admission is { Kind: AdmissionKind.Locked };
}
