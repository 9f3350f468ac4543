namespace Gateway.Users.Transfer;

/// <param name="DryRun">Change nothing.</param>
/// <param name="Passwords">Set the password hashes of users who have one already, too.</param>
internal sealed record ImportOptions(bool DryRun, bool Passwords);
