namespace Gateway.Users.Transfer;

/// <summary>A line of a file of users: a record, or what is wrong with it.</summary>
/// <param name="Line">The first one is 1.</param>
internal sealed record UserLine(int Line, UserRecord? Record, string? Malformed = null);
