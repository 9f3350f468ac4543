using Gateway.Administration.Pages;
using Gateway.Audit;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Users;
using Microsoft.AspNetCore.Http.Extensions;

namespace Gateway.Administration;

/// <summary><c>GET /admin/users</c>: who there is.</summary>
internal sealed class UserListEndpoints(UserSearch search, AdministrationNavigation navigation, AdministrationPaths paths)
{
    private const int Shown = 50;
    private const int LongestText = EmailAddress.MaxLength;

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var (texts, query, cancellationToken) = (context.Texts(), context.Request.Query, context.RequestAborted);
        var (text, role, after) = (Given(query["search"]), Given(query["role"]), Given(query["after"]));
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

    private string Address(string? text, string? role, UserState? state, string? after)
    {
        (string Name, string? Value)[] all = [("search", text), ("role", role), ("state", state?.ToString()), ("after", after)];
        return paths.Users + new QueryBuilder(all.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value!)));
    }

    // PostgreSQL refuses to look for some characters, which no user has.
    private static string? Given(string? typed) => AuditText.Cut(typed, LongestText)?.Trim() is { Length: > 0 } text ? text : null;
}
