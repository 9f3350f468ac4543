namespace Gateway.Recovery.Pages;

/// <summary>What the page for a forgotten password shows; texts in the visitor's language.</summary>
public sealed record ForgotPageModel
{
    /// <summary>As it was typed.</summary>
    public string? Email { get; init; }

    public string? Failure { get; init; }

    /// <summary>What is wrong with the address.</summary>
    public string? Fault { get; init; }

    /// <summary>A mail was asked for a moment ago.</summary>
    public bool IsAsked { get; init; }
}
