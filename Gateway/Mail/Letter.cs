namespace Gateway.Mail;

/// <summary>A mail as somebody writes it; whom it is from, and the rest of its head, are <see cref="Mailer"/>'s.</summary>
/// <param name="UserId">Whom it is for, in the log and in the audit trail.</param>
/// <param name="Address">One address, as the user database has it.</param>
/// <param name="Language">Of subject and text, by its tag (BCP 47).</param>
internal sealed record Letter(string UserId, string Address, string Language, string Subject, string Text);
