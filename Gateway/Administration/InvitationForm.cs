using Gateway.Administration.Decisions;
using Gateway.Audit;
using Gateway.Mail;
using Gateway.Recovery;
using Gateway.Users;

namespace Gateway.Administration;

/// <summary>Sends a user the link by which they choose their password, and tells on their page what came of it.</summary>
internal sealed class InvitationForm(Invitations invitations, AdministrationPaths paths)
{
    /// <summary>Whether there is anything that sends mails.</summary>
    public bool IsOn => invitations.IsOn;

    /// <exception cref="UserRefusedException">The user is disabled or has a password by now, or no mail can be sent.</exception>
    public async Task<IResult> SendAsync(HttpContext context, GatewayUser user)
    {
        try
        {
            await invitations.InviteAsync(user, Decider.Of(context).Tell(AuditActions.UserInvited, user.Id), CancellationToken.None);
            return context.BackTo(paths.User(user.Id), "invited");
        }
        catch (MailFailedException)
        {
            return context.BackTo(paths.User(user.Id), "notInvited");
        }
    }
}
