using Gateway.Pages;
using Gateway.Pages.Languages;

namespace Gateway.Administration;

/// <summary>The navigation that all pages of the administration share.</summary>
internal sealed class AdministrationNavigation(AdministrationPaths paths, GatewayPaths own)
{
    public IReadOnlyList<PageLink> In(Texts texts) =>
    [
        new(paths.Overview, texts["admin.title"]),
        new(paths.Users, texts["admin.users"]),
        new(paths.NewUser, texts["admin.new"]),
        new(paths.Audit, texts["admin.audit"]),
        new(own.Account, texts["account.title"]),
    ];
}
