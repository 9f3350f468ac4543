namespace Gateway.Administration.Pages;

/// <summary>A user that somebody is about to add, as it was typed, and what is wrong with it in their language.</summary>
public sealed record NewUserPageModel
{
    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string Id { get; init; } = "";

    public string Roles { get; init; } = "";

    public string? EmailFault { get; init; }

    public string? NameFault { get; init; }

    public string? IdFault { get; init; }

    public string? RolesFault { get; init; }

    public string? Failure { get; init; }

    /// <summary>To choose from.</summary>
    public string AllRoles { get; init; } = "";

    /// <summary>Mails can be sent.</summary>
    public bool MayInvite { get; init; }

    public bool HasFault => EmailFault is not null || NameFault is not null || IdFault is not null || RolesFault is not null;
}
