namespace Gateway.Account.Pages;

/// <summary>What the page of the password shows; all texts in the visitor's language.</summary>
public sealed record PasswordPageModel(string Email)
{
    public string? Failure { get; init; }

    public string? CurrentFault { get; init; }

    public string? NewFault { get; init; }

    public string? AgainFault { get; init; }

    /// <summary>Of the new password that was sent, from 0 to 4.</summary>
    public int? Strength { get; init; }

    public bool HasFault => CurrentFault is not null || NewFault is not null || AgainFault is not null;
}
