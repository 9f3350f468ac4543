namespace Gateway.Administration.Figures;

/// <summary>How often something happened within a time, at all gateways. What the audit trail does not record is absent.</summary>
/// <param name="Logins">That succeeded.</param>
/// <param name="Refused">The password was wrong, or the user unknown or disabled.</param>
/// <param name="Locked">At accounts that were locked, without a look at the password.</param>
/// <param name="Throttled">Addresses that were answered with 429; each counts once a minute.</param>
/// <param name="Restored">Sessions that remembered browsers have brought back.</param>
internal sealed record Activity(long? Logins, long? Refused, long? Locked, long? Throttled, long? Restored);
