namespace Gateway.Administration.Pages;

/// <summary>How often something happened, in the language of whoever looks.</summary>
public sealed record ActivityLine(string Name, string LastHour, string LastDay);
