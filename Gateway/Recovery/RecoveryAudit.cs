using Gateway.Audit;
using Gateway.Login.Throttle;

namespace Gateway.Recovery;

/// <summary>What the audit trail is told of links; never their tokens.</summary>
internal sealed class RecoveryAudit(AuditTrail trail, AuditPace pace, ILogger<RecoveryAudit> logger)
{
    /// <summary>A password was set by it. To be written together with that.</summary>
    public static AuditEvent Reset(HttpContext context, OpenLink link) =>
        AuditEvent.ByUser(AuditActions.UserPasswordReset, link.User.Id, AuditDetail.Of(("link", NameOf(link.Purpose)))).From(context);

    /// <summary>A link that is worth nothing. What can't be a token is nobody's link.</summary>
    public void Refused(HttpContext context, string? token)
    {
        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        if (LinkToken.HashOf(token) is null || !pace.Allows("link:" + address.Hash))
            return;
        logger.LinkRefused(address.ToString());
        trail.Note(context, new AuditEvent { Action = AuditActions.PasswordResetRefused });
    }

    private static string NameOf(LinkPurpose purpose) => purpose is LinkPurpose.Invitation ? "invitation" : "forgotten";
}

/// <summary>Log events 1650 to 1699.</summary>
internal static partial class RecoveryLog
{
    [LoggerMessage(1650, LogLevel.Information, "User {UserId} set their password by a link from a mail, from {Address}: all sessions and remembered browsers are over")]
    public static partial void PasswordReset(this ILogger logger, string userId, string address);

    [LoggerMessage(1651, LogLevel.Warning, "A link for setting a password was opened from {Address}, and is worth nothing: it was used, too old, or replaced")]
    public static partial void LinkRefused(this ILogger logger, string address);

    [LoggerMessage(1652, LogLevel.Warning, "User {UserId} was sent no further mail: too many were asked for within the hour")]
    public static partial void TooManyMails(this ILogger logger, string userId);

    [LoggerMessage(1653, LogLevel.Warning, "Mails for forgotten passwords were refused: too many were asked for from {Address}. Should that be a proxy of yours, name it in Gateway:TrustedProxies")]
    public static partial void TooManyAsked(this ILogger logger, string address);

    [LoggerMessage(1654, LogLevel.Warning, "User {UserId} set their password, but what belongs to it could not be done: {Reason}")]
    public static partial void ResetIncomplete(this ILogger logger, string userId, string reason);
}
