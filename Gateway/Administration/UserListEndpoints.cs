using Gateway.Administration.Pages;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Users;

namespace Gateway.Administration;

/// <summary><c>GET /admin/users</c>: who there is.</summary>
internal sealed class UserListEndpoints(UserSearch search, AdministrationNavigation navigation, AdministrationPaths paths)
{
    private const int Shown = 50;

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var (texts, query, cancellationToken) = (context.Texts(), context.Request.Query, context.RequestAborted);
        var (text, role, after) = (query.Typed("search"), query.Typed("role"), query.Typed("after"));
        UserState? state = Enum.TryParse<UserState>(query["state"], ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        var found = await search.PageAsync(new UserFilter(text, role, state), after, Shown + 1, cancellationToken);
        var next = found.Count > Shown ? found[Shown - 1].User.Email : null;
        return context.Page<UsersPage>(new
        {
            Model = new UsersPageModel(text, role, state?.ToString(), await search.RolesAsync(cancellationToken), [.. found.Take(Shown).Select(Line)])
            {
                First = after is null ? null : Address(text, role, state, after: null),
                Next = next is null ? null : Address(text, role, state, next),
                Outcome = Outcome.Of(context),
            },
            Navigation = navigation.In(texts),
        });
    }

    private UserLine Line(FoundUser found) => new(
        paths.User(found.User.Id), found.User.Email!, found.User.Name, found.User.Id, string.Join(", ", found.Roles), found.User.Disabled, found.User.PasswordHash is not null);

    private string Address(string? text, string? role, UserState? state, string? after) =>
        AdministrationPaths.With(paths.Users, ("search", text), ("role", role), ("state", state?.ToString()), ("after", after));
}
