using Microsoft.AspNetCore.Antiforgery;

namespace Gateway.Login.Pages;

/// <summary>What the login page shows.</summary>
/// <param name="ReturnAddress">Already sanitized.</param>
/// <param name="RememberFor">How long a browser can be remembered, in words; absent when it can't.</param>
/// <param name="SignedInAs">The name of whoever is signed in here already.</param>
public sealed record LoginPageModel(
    AntiforgeryTokenSet Token,
    string ReturnAddress,
    string? RememberFor,
    bool Remember = true,
    string? Email = null,
    string? Failure = null,
    string? SignedInAs = null);
