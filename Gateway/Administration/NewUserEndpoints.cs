using Gateway.Administration.Decisions;
using Gateway.Administration.Pages;
using Gateway.Audit;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.Users;
using Gateway.Users.Passwords;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Administration;

/// <summary><c>GET</c> and <c>POST /admin/users/new</c>.</summary>
internal sealed class NewUserEndpoints(
    UserDecisions decisions, UserAccounts accounts, UserManager<GatewayUser> users, UserSearch search, InvitationForm invitation, AdministrationNavigation navigation)
{
    public Task<IResult> ShowAsync(HttpContext context) => PageAsync(context, new NewUserPageModel(), StatusCodes.Status200OK);

    public async Task<IResult> AddAsync(HttpContext context)
    {
        var texts = context.Texts();
        var form = await FormBody.ReadAsync(context.Request, context.RequestAborted);
        var typed = new NewUserPageModel
        {
            Email = EmailAddress.Trim(form["email"].ToString()),
            Name = form["name"].ToString().Trim(),
            Id = form["id"].ToString().Trim(),
            Roles = form["roles"].ToString(),
        };
        var seen = await JudgeAsync(texts, typed);
        if (seen.HasFault)
            return await PageAsync(context, seen, StatusCodes.Status400BadRequest);

        var isInvited = invitation.IsOn && form["invite"].Count > 0;
        var password = isInvited ? null : GeneratedPassword.New();
        var wanted = new NewUser(typed.Email, Given(typed.Id), Given(typed.Name), RoleName.Split(typed.Roles), password);
        try
        {
            var user = await decisions.AddAsync(Decider.Of(context), wanted, CancellationToken.None);
            return password is null ? await invitation.SendAsync(context, user) : Added(context, user, password);
        }
        catch (UserRefusedException)
        {
            // All else was looked at before.
            return await PageAsync(context, typed with { Failure = texts["admin.failed.overtaken"] }, StatusCodes.Status409Conflict);
        }
    }

    private RazorComponentResult<GivenPasswordPage> Added(HttpContext context, GatewayUser user, string password) => context.Page<GivenPasswordPage>(new
    {
        Title = context.Texts()["admin.new"],
        What = context.Texts()["admin.added"],
        user.Id,
        Email = user.Email!,
        Password = password,
        Navigation = navigation.In(context.Texts()),
    });

    private async Task<NewUserPageModel> JudgeAsync(Texts texts, NewUserPageModel typed) => typed with
    {
        EmailFault = !EmailAddress.IsValid(typed.Email) ? texts["admin.fault.email"]
            : await users.FindByEmailAsync(typed.Email) is not null ? texts["admin.fault.emailTaken"] : null,
        NameFault = NewUser.IsName(typed.Name) ? null : texts["admin.fault.name", NewUser.MaxNameLength],
        IdFault = typed.Id.Length == 0 ? null
            : !UserId.IsValid(typed.Id) ? texts["admin.fault.id", UserId.MaxLength]
            : await accounts.FindByIdAsync(typed.Id) is not null ? texts["admin.fault.idTaken"] : null,
        RolesFault = RoleName.Split(typed.Roles).FirstOrDefault(role => !RoleName.IsValid(role)) is { } malformed
            ? texts["admin.fault.role", AuditText.Cut(malformed, RoleName.MaxLength)!]
            : null,
    };

    private async Task<IResult> PageAsync(HttpContext context, NewUserPageModel model, int status)
    {
        var roles = string.Join(' ', await search.RolesAsync(context.RequestAborted));
        return context.Page<NewUserPage>(new { Model = model with { AllRoles = roles, MayInvite = invitation.IsOn }, Navigation = navigation.In(context.Texts()) }, status);
    }

    private static string? Given(string typed) => typed.Length == 0 ? null : typed;
}
