using System.ComponentModel.DataAnnotations;

namespace Gateway.Login;

/// <summary>The section <c>Gateway:Login</c>.</summary>
internal sealed class LoginSettings
{
    public const string Section = "Gateway:Login";

    /// <summary>The window in which the failures of an address are counted.</summary>
    public static readonly TimeSpan AddressWindow = TimeSpan.FromMinutes(15);

    /// <summary>Failed logins after which an account is locked (NIST SP 800-63B-4 section 3.2.2 allows up to 100).</summary>
    [Range(1, 100)]
    public int MaxFailures { get; set; } = 5;

    /// <summary>How long an account stays locked after the last failure that counted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Lockout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Failed logins, to whatever accounts, after which an address waits for the end of its window; 0: as many as it likes. Enough for
    /// an office of a thousand behind one address in which every tenth mistypes.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxFailuresPerAddress { get; set; } = 100;
}
