namespace Gateway.SecondFactor.Pages;

/// <summary>What the page for a code shows.</summary>
/// <param name="Action">The page's own address, where the code is sent to.</param>
/// <param name="UserId">Whose it has to be.</param>
/// <param name="ReturnAddress">Already sanitized.</param>
/// <param name="Failure">In the visitor's language.</param>
public sealed record FactorPageModel(string Action, string UserId, string ReturnAddress, string? Failure)
{
    /// <summary>There is an app, and not only a passkey.</summary>
    public bool HasApp { get; init; } = true;

    /// <summary>The app is gone: a recovery code is asked for.</summary>
    public bool ByRecovery { get; init; }

    /// <summary>The visitor is signed in already.</summary>
    public bool IsStepUp { get; init; }
}
