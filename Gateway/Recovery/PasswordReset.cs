using Gateway.Account;
using Gateway.Login.Throttle;
using Gateway.Mail;
using Gateway.Operations;
using Gateway.Pages.Languages;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Recovery;

/// <summary>
/// Sets the password of whoever has the link. It works once, on whichever node it comes first: the user's stamp changes with the
/// password, and with it the link is worth nothing. Nobody is signed in by it, and a second factor is asked for as ever.
/// </summary>
internal sealed class PasswordReset(
    PasswordSetter setter, ResetLinks links, LoginThrottle throttle, ILookupNormalizer normalizer, MailQueue queue, ILogger<PasswordReset> logger)
{
    /// <summary>False when somebody was faster, or changed or disabled the user at this moment.</summary>
    public async Task<bool> RunAsync(HttpContext context, OpenLink link, string wanted, CancellationToken cancellationToken)
    {
        var user = link.User;
        if (await setter.SetAsync(user, wanted, RecoveryAudit.Reset(context, link), cancellationToken) is null)
            return false;

        logger.PasswordReset(user.Id, ClientAddress.Of(context.Connection.RemoteIpAddress).ToString());
        await TryAsync(user, () => links.RemoveAllAsync(user.Id, CancellationToken.None));
        // Somebody who was locked out for guessing at their own password comes in with the new one. Codes are counted there as well, and
        // whoever reads the mail is to have no more guesses at those.
        if (!user.HasSecondFactor)
            await TryAsync(user, () => throttle.ForgiveAsync(AccountName.Of(user.Email, normalizer), CancellationToken.None));
        if (link.Purpose is LinkPurpose.ForgottenPassword)
            queue.TryAdd(new ChangedErrand(user.Id, context.Texts()));
        return true;
    }

    // The password is set: whatever else is away, the visitor is told so. The link is worth nothing in any case, and a lock opens by itself.
    private async Task TryAsync(KnownUser user, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (Outages.IsOne(exception))
        {
            logger.ResetIncomplete(user.Id, exception.GetBaseException().Message);
        }
    }
}
