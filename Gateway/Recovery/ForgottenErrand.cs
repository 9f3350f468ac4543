using Gateway.Audit;
using Gateway.Mail;
using Gateway.Pages.Languages;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Recovery;

/// <summary>Somebody has forgotten a password, and typed an address.</summary>
/// <param name="email">As it was typed: nobody has looked yet whose it is.</param>
/// <param name="asked">The event that told of it.</param>
internal sealed class ForgottenErrand(string email, Texts texts, AuditEvent asked) : Errand
{
    private bool isCounted;

    public override string Kind => "forgotten password";

    public override Task<Letter?> WriteAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<ForgottenLetter>().WriteAsync(email, texts, IsFirst(), cancellationToken);

    public override void Sent(Letter letter, AuditTrail trail) =>
        trail.Note(asked with { Action = AuditActions.PasswordResetSent, Subject = AuditParty.User(letter.UserId), TypedAccount = null });

    // A mail that has to be tried again is still one.
    private bool IsFirst()
    {
        var isFirst = !isCounted;
        isCounted = true;
        return isFirst;
    }
}

/// <summary>Looks for the user, and makes the link. The mail goes to the address that the user has, and not to the one that was typed.</summary>
internal sealed class ForgottenLetter(
    UserManager<GatewayUser> users,
    UserDirectory directory,
    UserDatabase database,
    WriteTurns turns,
    ResetLinks links,
    RecoveryThrottle throttle,
    RecoveryLetters letters,
    ILogger<ForgottenLetter> logger)
{
    /// <param name="isFirst">It was not counted yet.</param>
    /// <returns>Null when there is no such user, or none who gets another mail.</returns>
    public async Task<Letter?> WriteAsync(string email, Texts texts, bool isFirst, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email) is not { Disabled: false } row)
            return null;
        var user = await directory.DescribeAsync(row, cancellationToken);
        if (isFirst && !await throttle.MaySendAsync(user.Email, cancellationToken))
        {
            logger.TooManyMails(user.Id);
            return null;
        }

        NewLink? link = null;
        await turns.WriteAsync(database, async () => link = await links.AddAsync(user, LinkPurpose.ForgottenPassword, cancellationToken), cancellationToken);
        return letters.Forgotten(user, texts, link!.Token);
    }
}
