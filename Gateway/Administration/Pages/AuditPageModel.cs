namespace Gateway.Administration.Pages;

/// <summary>Events that fit a filter, and the filter as it was typed.</summary>
public sealed record AuditPageModel(string? Since, string? Until, string? User, string? Action, string? Text)
{
    public string? SinceFault { get; init; }

    public string? UntilFault { get; init; }

    public IReadOnlyList<AuditLine> Events { get; init; } = [];

    /// <summary>The address of the first page; absent on it.</summary>
    public string? First { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? Next { get; init; }

    /// <summary>The address of the same as a file.</summary>
    public string? Download { get; init; }

    public bool HasFault => SinceFault is not null || UntilFault is not null;
}

/// <param name="At">In UTC.</param>
/// <param name="Detail">JSON.</param>
public sealed record AuditLine(string At, string Action, AuditPartyLink Actor, AuditPartyLink Subject, string From, string? Detail);

/// <param name="Address">Of the page of a user who is there still.</param>
public sealed record AuditPartyLink(string Name, string? Address);
