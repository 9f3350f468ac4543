namespace Gateway.Account.Pages;

/// <summary>What the account page shows, in the visitor's language.</summary>
/// <param name="Browsers">The visitor's own first.</param>
/// <param name="NotShown">How many more there are.</param>
/// <param name="Done">What a form has just done.</param>
public sealed record AccountPageModel(
    string Email, string? Name, IReadOnlyList<string> Roles, IReadOnlyList<BrowserLine> Browsers, int NotShown, string? Done);

/// <param name="Handle">By which a form names it.</param>
/// <param name="RememberedUntil">Absent for one that is not remembered.</param>
public sealed record BrowserLine(
    string Handle, bool IsHere, string Name, string Address, string Since, string LastSeen, string? RememberedUntil);
