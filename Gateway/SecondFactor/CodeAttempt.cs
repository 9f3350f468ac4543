using Gateway.Audit;
using Gateway.Login;
using Gateway.Login.Throttle;
using Gateway.Operations;
using Gateway.Pages.Languages;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.SecondFactor;

/// <summary>
/// One try of somebody whose password was right. It counts against the same budget as wrong passwords: whoever knows the password has
/// five tries in a quarter of an hour, not five for each time that they enter it.
/// </summary>
internal sealed class CodeAttempt(
    LoginQueue queue,
    LoginThrottle throttle,
    KnownBrowserCookie cookie,
    ILookupNormalizer normalizer,
    FactorStore store,
    GatewayMeter meter,
    AuditTrail audit,
    ILogger<CodeAttempt> logger)
{
    public async Task<CodeVerdict> RunAsync(HttpContext context, KnownUser user, string code, CancellationToken cancellationToken)
    {
        var account = AccountName.Of(user.Email, normalizer);
        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        using var turn = await queue.EnterAsync(account.ToString(), cancellationToken);
        var admission = await throttle.AdmitAsync(account, cookie.Read(context, account), address, cancellationToken);
        if (admission.Kind is AdmissionKind.AddressRefused)
        {
            logger.CodeRefused(user.Id, address.ToString(), "too many failed from there");
            return new CodeVerdict(null, admission.RetryAfter);
        }

        if (admission.Kind is AdmissionKind.Locked)
        {
            await throttle.ForgiveAddressAsync(admission, cancellationToken);
            Refused(context, user, "the account is locked");
            return new CodeVerdict(null);
        }

        if (await TryAsync(user, code, admission, cancellationToken) is not { } kind)
        {
            Refused(context, user, "wrong, or used before");
            return new CodeVerdict(null);
        }

        await throttle.SucceededAsync(admission, cancellationToken);
        return new CodeVerdict(kind) { Admission = admission };
    }

    /// <summary>What the log and the audit trail are told of a wrong code.</summary>
    public void Refused(HttpContext context, KnownUser user, string reason)
    {
        meter.LoginRefused();
        logger.CodeRefused(user.Id, ClientAddress.Of(context.Connection.RemoteIpAddress).ToString(), reason);
        audit.Note(context, new AuditEvent { Action = AuditActions.SecondFactorRefused, Subject = AuditParty.User(user.Id) });
    }

    private async Task<FactorKind?> TryAsync(KnownUser user, string code, Admission admission, CancellationToken cancellationToken)
    {
        try
        {
            return await store.AcceptAsync(user.Id, code, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            // Nobody guessed wrong.
            await throttle.TakeBackAsync(admission, CancellationToken.None);
            throw;
        }
    }
}

/// <param name="Kind">Null: the code is wrong, or nobody looked at it.</param>
/// <param name="RetryAfter">Set when there were too many from this network.</param>
internal sealed record CodeVerdict(FactorKind? Kind, TimeSpan? RetryAfter = null)
{
    public Admission? Admission { get; init; }

    /// <summary>Status and words of the page that asks again; null when the code was right.</summary>
    public (int Status, string Text)? Fault(HttpContext context)
    {
        if (RetryAfter is { } wait)
            return (StatusCodes.Status429TooManyRequests, LoginEndpoints.LaterText(context, wait));
        return Kind is null ? (StatusCodes.Status401Unauthorized, context.Texts()["factor.wrong"]) : null;
    }
}
