using System.ComponentModel.DataAnnotations;

namespace Gateway.Administration;

/// <summary>The section <c>Gateway:Administration</c>.</summary>
internal sealed class AdministrationSettings
{
    public const string Section = "Gateway:Administration";

    /// <summary>Whether there are pages for it; the command line does all of it in any case.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long ago an administrator may have entered the password, or used a passkey; zero: whenever it was.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ReauthenticateWithin { get; set; } = TimeSpan.FromHours(1);
}
