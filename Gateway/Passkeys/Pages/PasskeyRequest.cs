namespace Gateway.Passkeys.Pages;

/// <summary>What the script of a page hands to the browser, and what its form brings back beside the answer.</summary>
/// <param name="Options">Of WebAuthn, as JSON.</param>
public sealed record PasskeyRequest(string Options, string State);
