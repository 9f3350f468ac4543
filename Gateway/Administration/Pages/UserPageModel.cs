using Gateway.Account.Pages;

namespace Gateway.Administration.Pages;

/// <summary>All about a user, in the language of whoever looks.</summary>
public sealed record UserPageModel(string Id, string Email, string? Name, string CreatedAt)
{
    /// <summary>Who looks is this user: what would lock them out is not offered.</summary>
    public bool IsSelf { get; init; }

    public bool IsDisabled { get; init; }

    public bool HasPassword { get; init; }

    /// <summary>They never had a password, and mails can be sent.</summary>
    public bool MayBeInvited { get; init; }

    /// <summary>How long failed logins have locked the account still.</summary>
    public string? LockedFor { get; init; }

    public bool HasApp { get; init; }

    public bool HasPasskey { get; init; }

    /// <summary>Of this very user.</summary>
    public bool IsFactorWanted { get; init; }

    /// <summary>Of this user, or of one of their roles.</summary>
    public bool IsFactorRequired { get; init; }

    /// <summary>As they stand in the form.</summary>
    public required string Roles { get; init; }

    public string? RolesFault { get; init; }

    /// <summary>To choose from.</summary>
    public required string AllRoles { get; init; }

    /// <summary>Absent when nobody can tell at the moment.</summary>
    public IReadOnlyList<BrowserLine>? Browsers { get; init; }

    public int NotShown { get; init; }

    public Outcome? Outcome { get; init; }
}
