namespace Gateway.Login.Pages;

/// <summary>What the login page shows.</summary>
/// <param name="ReturnAddress">Already sanitized.</param>
/// <param name="RememberFor">How long a browser can be remembered; absent when it can't.</param>
/// <param name="Failure">Why nobody was logged in, in the visitor's language.</param>
/// <param name="Fault">What is wrong with a field.</param>
/// <param name="SignedInAs">The name of whoever is signed in here already.</param>
public sealed record LoginPageModel(
    string ReturnAddress,
    TimeSpan? RememberFor,
    bool Remember = true,
    string? Email = null,
    string? Failure = null,
    LoginFault? Fault = null,
    string? SignedInAs = null);
