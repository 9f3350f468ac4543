namespace Gateway.Sessions.Live;

/// <summary>
/// Visitors who were recognized while no session could begin: no store knows of them, and what they hold open ends when whoever
/// recognized them says so. Registered by that capability.
/// </summary>
/// <param name="Owns">Whether it made this session.</param>
/// <param name="FindAsync">
/// The session as it is now, or null when it is over; a <see cref="Users.DatabaseFault"/> when nobody can tell.
/// </param>
internal sealed record Recognition(Func<Session, bool> Owns, Func<Session, CancellationToken, Task<Session?>> FindAsync);
