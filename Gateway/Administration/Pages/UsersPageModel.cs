namespace Gateway.Administration.Pages;

/// <summary>The users that fit a search, and the search itself.</summary>
/// <param name="State">By the name of <c>UserState</c>.</param>
/// <param name="AllRoles">To choose from.</param>
public sealed record UsersPageModel(string? Search, string? Role, string? State, IReadOnlyList<string> AllRoles, IReadOnlyList<UserLine> Users)
{
    /// <summary>The address of the first page; absent on it.</summary>
    public string? First { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? Next { get; init; }

    public Outcome? Outcome { get; init; }
}

/// <param name="Address">Of the user's page.</param>
public sealed record UserLine(string Address, string Email, string? Name, string Id, string Roles, bool IsDisabled, bool HasPassword);
