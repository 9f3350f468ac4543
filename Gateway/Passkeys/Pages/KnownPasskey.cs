namespace Gateway.Passkeys.Pages;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">Of the credential, in base64url.</param>
public sealed record KnownPasskey(string Id, string Name, DateTimeOffset CreatedAt);
