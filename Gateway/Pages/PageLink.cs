namespace Gateway.Pages;

/// <summary>An entry of the navigation; the one whose page is shown is marked.</summary>
/// <param name="Address">The path, such as <c>/_gateway/account</c>.</param>
public sealed record PageLink(string Address, string Text);
