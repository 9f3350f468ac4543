using System.Globalization;
using Gateway.Account.Pages;
using Gateway.Login;
using Gateway.Pages;
using Gateway.Pages.Branding;
using Gateway.Pages.Languages;
using Gateway.Users;
using Gateway.Users.Passwords;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Account;

/// <summary><c>GET</c> and <c>POST /account/password</c>.</summary>
internal sealed class PasswordEndpoints(AccountNavigation navigation, BrandingSettings branding, LoginSettings login)
{
    public IResult Show(HttpContext context) => Page(context, StatusCodes.Status200OK, new(Visitor.Of(context).User.Email));

    public async Task<IResult> ChangeAsync(HttpContext context, PasswordChange change, CancellationToken cancellationToken)
    {
        var (visitor, texts) = (Visitor.Of(context), context.Texts());
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        var (current, wanted) = (form["current"].ToString(), form["new"].ToString());
        string?[] own = [visitor.User.Email, visitor.User.Name, visitor.User.Id, branding.Name];
        var strength = PasswordStrength.Of(wanted, own);
        var model = new PasswordPageModel(visitor.User.Email) { Strength = wanted.Length == 0 ? null : strength.Level };
        // Before the current one is looked at: a slip here is no guess.
        var seen = model with
        {
            CurrentFault = PasswordLength.Of(current) is 0 or > UserServices.MaxPasswordLength ? texts["login.fault.password"] : null,
            NewFault = PasswordRules.Fault(wanted, own) is { } fault ? texts[fault.Text, fault.Values] : string.Equals(current, wanted, StringComparison.Ordinal) ? texts["password.same"] : null,
            AgainFault = string.Equals(form["again"], wanted, StringComparison.Ordinal) ? null : texts["password.differs"],
        };
        if (seen.HasFault)
            return Page(context, StatusCodes.Status400BadRequest, seen);
        var outcome = await change.RunAsync(context, visitor, current, wanted, cancellationToken);
        return outcome.Result switch
        {
            PasswordResult.Done => context.BackToAccount("password", $"&strength={strength.Level}"),
            PasswordResult.Wrong => Page(context, StatusCodes.Status400BadRequest, model with { CurrentFault = texts["account.wrong"] }),
            PasswordResult.TooMany => Later(context, model, outcome.RetryAfter ?? login.Lockout),
            _ => context.BackToAccount("overtaken"),
        };
    }

    private RazorComponentResult<PasswordPage> Later(HttpContext context, PasswordPageModel model, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Page(context, StatusCodes.Status429TooManyRequests, model with { Failure = context.Texts()["account.tooMany", context.Texts().Span(wait)] });
    }

    private RazorComponentResult<PasswordPage> Page(HttpContext context, int status, PasswordPageModel model) =>
        context.Page<PasswordPage>(new { Model = model, Navigation = navigation.For(context) }, status);
}
