using System.ComponentModel.DataAnnotations;

namespace Gateway.Recovery;

/// <summary>The section <c>Gateway:Recovery</c>.</summary>
internal sealed class RecoverySettings
{
    public const string Section = "Gateway:Recovery";

    /// <summary>The window in which mails are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How long a link for a forgotten password is good, from the moment when its mail is sent.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>The same for an invitation, which nobody expects.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Mails an hour to one user, whoever asks for them.</summary>
    [Range(1, 1000)]
    public int MaxPerAccount { get; set; } = 3;

    /// <summary>Mails an hour that are asked for from one address, to whomever; 0: as many as it likes.</summary>
    [Range(0, 1_000_000)]
    public int MaxPerAddress { get; set; } = 20;

    public TimeSpan LifetimeOf(LinkPurpose purpose) => purpose is LinkPurpose.Invitation ? InvitationLifetime : Lifetime;
}
