namespace Gateway.Login;

/// <summary>What is wrong with a login before anything was looked at.</summary>
/// <param name="Text">What the page says at the field, by its key.</param>
/// <param name="Detail">What a program is told.</param>
public sealed record LoginFault(string Field, string Text, string Detail);
