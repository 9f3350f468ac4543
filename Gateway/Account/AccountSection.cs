using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Sessions;

namespace Gateway.Account;

/// <summary>A page of the account. Each capability that has one adds it to the services, and they are shown in that order.</summary>
/// <param name="Path">Below the prefix, such as <c>/account/password</c>.</param>
/// <param name="Text">What the link to it says, by its key.</param>
/// <param name="Role">Shown only to those who have it; absent: to everybody.</param>
internal sealed record AccountSection(string Path, string Text, string? Role = null)
{
    public bool IsFor(Session? session) => Role is null || session?.Roles.Contains(Role, StringComparer.OrdinalIgnoreCase) == true;
}

/// <summary>The navigation that all pages of the account share.</summary>
internal sealed class AccountNavigation(IEnumerable<AccountSection> sections, GatewayPaths paths)
{
    public IReadOnlyList<PageLink> For(HttpContext context) =>
    [
        .. sections.Where(section => section.IsFor(context.User.Session()))
            .Select(section => new PageLink(paths.PathPrefix + section.Path, context.Texts()[section.Text])),
    ];
}
