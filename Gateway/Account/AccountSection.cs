using Gateway.Pages;
using Gateway.Pages.Languages;

namespace Gateway.Account;

/// <summary>A page of the account. Each capability that has one adds it to the services, and they are shown in that order.</summary>
/// <param name="Path">Below the prefix, such as <c>/account/password</c>.</param>
/// <param name="Text">What the link to it says, by its key.</param>
internal sealed record AccountSection(string Path, string Text);

/// <summary>The navigation that all pages of the account share.</summary>
internal sealed class AccountNavigation(IEnumerable<AccountSection> sections, GatewayPaths paths)
{
    public IReadOnlyList<PageLink> In(Texts texts) =>
        [.. sections.Select(section => new PageLink(paths.PathPrefix + section.Path, texts[section.Text]))];
}
