using System.ComponentModel.DataAnnotations;

namespace Gateway.Sessions;

/// <summary>The section <c>Gateway:Session</c>.</summary>
internal sealed class SessionSettings : IValidatableObject
{
    public const string Section = "Gateway:Session";

    public string CookieName { get; set; } = "gateway.sid";

    /// <summary>Sliding: a session that no request used for so long is over (OWASP ASVS 5.0, 7.3.1).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A session is over after so long, however busy it is (OWASP ASVS 5.0, 7.3.2).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The longest time a node trusts its own copy of a session; zero asks Redis every time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long sessions known to this node are served while Redis is unreachable.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan OutageGrace { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Of how many sessions a node keeps a copy, about: more than that, and the longest unused are asked for in Redis again, and not known
    /// to this node in an outage.
    /// </summary>
    [Range(0, 100_000_000)]
    public int MaxCopies { get; set; } = 100_000;

    public string KeyPrefix { get; set; } = "gateway:";

    /// <summary>How long a copy is really used: short against the idle timeout, which the copy does not see.</summary>
    public TimeSpan TrustedFor => TimeSpan.FromTicks(Math.Min(CacheFor.Ticks, IdleTimeout.Ticks / 10));

    /// <summary>How often a session that is in use is renewed in the store beside the requests: every second by default.</summary>
    public TimeSpan RenewedEvery => TrustedFor / 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!CookieRule.IsName(CookieName))
            yield return new ValidationResult(CookieRule.Text, [nameof(CookieName)]);
        if (AbsoluteTimeout < IdleTimeout)
            yield return new ValidationResult("must not be shorter than Gateway:Session:IdleTimeout", [nameof(AbsoluteTimeout)]);
        if (KeyPrefix.Any(character => character is <= ' ' or > '~'))
            yield return new ValidationResult("must be printable ASCII without spaces", [nameof(KeyPrefix)]);
    }
}
