namespace Gateway.Login.Throttle;

/// <summary>
/// Limits the guesses at one account and those from one address. They are counted before the password is looked at, so that parallel
/// guesses can't get past a limit. A browser that has logged in to the account before has a budget of its own, which no stranger can
/// use up (OWASP, Slow Down Online Guessing Attacks with Device Cookies).
/// </summary>
internal sealed class LoginThrottle(IAttemptCounter attempts, LoginSettings settings)
{
    /// <param name="browser">Absent for a stranger's.</param>
    public async Task<Admission> AdmitAsync(AccountName account, KnownBrowser? browser, ClientAddress address, CancellationToken cancellationToken)
    {
        if (browser is not null)
        {
            var name = "browser:" + browser.Id;
            if (await IsWithinAsync(name, cancellationToken))
                return new(AdmissionKind.KnownBrowser) { Account = name };
        }

        var admission = await AdmitAsync(address, cancellationToken);
        if (admission.Kind is AdmissionKind.AddressRefused)
            return admission;
        var stranger = NameOf(account);
        var isOpen = await IsWithinAsync(stranger, cancellationToken);
        return admission with { Kind = isOpen ? AdmissionKind.Stranger : AdmissionKind.Locked, Account = stranger };
    }

    /// <summary>The same of an attempt that names no account, by a passkey: it is counted by its address alone.</summary>
    public async Task<Admission> AdmitAsync(ClientAddress address, CancellationToken cancellationToken)
    {
        if (settings.MaxFailuresPerAddress == 0 || address.IsLocal)
            return new(AdmissionKind.Stranger);
        var source = "address:" + address.Hash;
        // Of one window, not of the last one that counted: an office never has a quarter of an hour without a slip.
        var count = await attempts.AddAsync(source, prolongTo: 1, LoginSettings.AddressWindow, cancellationToken);
        return count.Number > settings.MaxFailuresPerAddress
            ? new(AdmissionKind.AddressRefused) { RetryAfter = count.Left }
            : new(AdmissionKind.Stranger) { Address = source };
    }

    /// <summary>The password was right: the account has its whole budget again, and the address has what this attempt took of its own.</summary>
    public async Task SucceededAsync(Admission admission, CancellationToken cancellationToken)
    {
        await attempts.ClearAsync(admission.Account, cancellationToken);
        await ForgiveAddressAsync(admission, cancellationToken);
    }

    /// <summary>Somebody has shown by other means that the account is theirs: it is locked no longer.</summary>
    public Task ForgiveAsync(AccountName account, CancellationToken cancellationToken) => attempts.ClearAsync(NameOf(account), cancellationToken);

    /// <summary>The password could not be looked at.</summary>
    public async Task TakeBackAsync(Admission admission, CancellationToken cancellationToken)
    {
        await attempts.TakeBackAsync(admission.Account, cancellationToken);
        await ForgiveAddressAsync(admission, cancellationToken);
    }

    /// <summary>
    /// Nothing was guessed after all, because the account is locked: a forgotten program with an old password must not shut out the
    /// office that it runs in.
    /// </summary>
    public Task ForgiveAddressAsync(Admission admission, CancellationToken cancellationToken) =>
        admission.Address is null ? Task.CompletedTask : attempts.TakeBackAsync(admission.Address, cancellationToken);

    /// <summary>How long strangers still can't log in to the account; null when they can, as far as the password is right.</summary>
    public async Task<TimeSpan?> LockOfAsync(AccountName account, CancellationToken cancellationToken) =>
        await attempts.LookAsync(NameOf(account), cancellationToken) is { } count && count.Number >= settings.MaxFailures ? count.Left : null;

    private static string NameOf(AccountName account) => "account:" + account;

    private async Task<bool> IsWithinAsync(string name, CancellationToken cancellationToken) =>
        (await attempts.AddAsync(name, settings.MaxFailures, settings.Lockout, cancellationToken)).Number <= settings.MaxFailures;
}

/// <summary>Whether the password of an attempt is looked at, and what the attempt was counted under.</summary>
internal sealed record Admission(AdmissionKind Kind)
{
    public string Account { get; init; } = "";

    /// <summary>Absent when it was not counted by address.</summary>
    public string? Address { get; init; }

    public TimeSpan RetryAfter { get; init; }
}

internal enum AdmissionKind
{
    Stranger,
    KnownBrowser,
    Locked,
    AddressRefused,
}
