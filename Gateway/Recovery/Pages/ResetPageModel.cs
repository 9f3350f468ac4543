using Gateway.Account;

namespace Gateway.Recovery.Pages;

/// <summary>What the page shows to which the link of a mail leads.</summary>
/// <param name="Token">Of that link, to come back with the form.</param>
/// <param name="IsFirst">The user was invited, and never had a password.</param>
public sealed record ResetPageModel(string Email, string Token, bool IsFirst)
{
    /// <summary>What was sent; absent before.</summary>
    public ChosenPassword? Chosen { get; init; }
}
