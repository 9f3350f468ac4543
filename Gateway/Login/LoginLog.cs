namespace Gateway.Login;

/// <summary>Log events 1300 to 1399.</summary>
internal static partial class LoginLog
{
    [LoggerMessage(1300, LogLevel.Information, "User {UserId} logged in from {Address}")]
    public static partial void LoggedIn(this ILogger logger, string userId, string address);

    /// <param name="account">Tells which account is guessed at, known or not, without what was typed: some type their password there.</param>
    [LoggerMessage(1301, LogLevel.Warning, "A login to account {Account} from {Address} was refused: {Reason}")]
    public static partial void LoginRefused(this ILogger logger, string account, string address, string reason);

    [LoggerMessage(1303, LogLevel.Warning, "A login to account {Account} was refused unseen: too many failed from {Address}. Should that be a proxy of yours, name it in Gateway:TrustedProxies")]
    public static partial void AddressRefused(this ILogger logger, string account, string address);

    [LoggerMessage(1304, LogLevel.Warning, "A login to account {Account} from {Address} was refused unseen: too many are waiting")]
    public static partial void LoginBusy(this ILogger logger, string account, string address);

    [LoggerMessage(1302, LogLevel.Information, "User {UserId} logged out")]
    public static partial void LoggedOut(this ILogger logger, string userId);
}
