namespace Gateway.Audit;

/// <summary>What can happen. The names are stable: operators search for them, and receivers of the webhook tell events apart by them.</summary>
internal static class AuditActions
{
    public const string LoginSucceeded = "login.succeeded";
    public const string LoginRefused = "login.refused";

    /// <summary>Refused without a look at the password: the account is locked for some minutes.</summary>
    public const string LoginLocked = "login.locked";

    /// <summary>Refused without a look at the password, with status 429; at most one a minute of each address.</summary>
    public const string LoginThrottled = "login.throttled";

    public const string SecondFactorAsked = "second-factor.asked";
    public const string SecondFactorRefused = "second-factor.refused";
    public const string SecondFactorProven = "second-factor.proven";
    public const string SecondFactorEnabled = "second-factor.enabled";
    public const string SecondFactorDisabled = "second-factor.disabled";
    public const string SecondFactorRecoveryRenewed = "second-factor.recovery-renewed";

    /// <summary>An operator took it away.</summary>
    public const string SecondFactorReset = "second-factor.reset";

    /// <summary>An operator decided whether a user must have one.</summary>
    public const string SecondFactorRequired = "second-factor.required";

    public const string PasskeyAdded = "passkey.added";
    public const string PasskeyRemoved = "passkey.removed";
    public const string PasskeyRefused = "passkey.refused";

    /// <summary>The password was entered again, or a passkey used.</summary>
    public const string Reauthenticated = "reauthenticated";
    public const string ReauthenticationRefused = "reauthentication.refused";

    public const string Logout = "logout";
    public const string SessionRestored = "session.restored";

    /// <summary>One, by its user from another browser, or by an administrator.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>All of a user's by an operator, or all others by the user.</summary>
    public const string SessionsRevoked = "session.revoked";
    public const string BrowserForgotten = "browser.forgotten";

    /// <summary>A form that survived a login went to its application after all, or did not.</summary>
    public const string FormSent = "form.sent";
    public const string FormDropped = "form.dropped";

    public const string UserAdded = "user.added";
    public const string UserDisabled = "user.disabled";
    public const string UserEnabled = "user.enabled";
    public const string UserRemoved = "user.removed";
    public const string UserRoles = "user.roles";
    public const string UserPasswordSet = "user.password-set";

    /// <summary>The count of failed logins of an account was forgotten.</summary>
    public const string UserUnlocked = "user.unlocked";

    /// <summary>By the user; the next is an attempt that gave a wrong current password, or none that was looked at.</summary>
    public const string UserPasswordChanged = "user.password-changed";
    public const string UserPasswordRefused = "user.password-refused";

    /// <summary>By the link of a mail; the detail says which kind.</summary>
    public const string UserPasswordReset = "user.password-reset";

    /// <summary>A link by which a new user chooses a password was made for them.</summary>
    public const string UserInvited = "user.invited";

    /// <summary>Somebody typed an address whose password is forgotten; the mail was sent, if there is such a user.</summary>
    public const string PasswordResetAsked = "password-reset.asked";
    public const string PasswordResetSent = "password-reset.sent";

    /// <summary>Too many were asked for from one address; at most one a minute of each, as of the next.</summary>
    public const string PasswordResetThrottled = "password-reset.throttled";

    /// <summary>A link that is worth nothing was opened.</summary>
    public const string PasswordResetRefused = "password-reset.refused";

    /// <summary>A mail was not taken, and is not tried again.</summary>
    public const string MailFailed = "mail.failed";

    /// <summary>A file of users was brought in; the subject is nobody, the detail has the counts.</summary>
    public const string UsersImported = "user.imported";

    /// <summary>An administrator has downloaded events; the detail has the filter.</summary>
    public const string AuditExported = "audit.exported";

    /// <summary>Events of this node that could not be written: there were too many while the database was away.</summary>
    public const string EventsLost = "audit.lost";
}
