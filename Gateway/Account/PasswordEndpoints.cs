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
        var current = form["current"].ToString();
        var chosen = ChosenPassword.Of(form, texts, visitor.User.Email, visitor.User.Name, visitor.User.Id, branding.Name);
        var model = new PasswordPageModel(visitor.User.Email) { Strength = chosen.Strength };
        // Before the current one is looked at: a slip here is no guess.
        var seen = model with
        {
            CurrentFault = PasswordLength.Of(current) is 0 or > UserServices.MaxPasswordLength ? texts["login.fault.password"] : null,
            NewFault = chosen.Fault ?? (string.Equals(current, chosen.Text, StringComparison.Ordinal) ? texts["password.same"] : null),
            AgainFault = chosen.AgainFault,
        };
        if (seen.HasFault)
            return Page(context, StatusCodes.Status400BadRequest, seen);
        var outcome = await change.RunAsync(context, visitor, current, chosen.Text, cancellationToken);
        return outcome.Result switch
        {
            PasswordResult.Done => context.BackToAccount("password", $"&strength={chosen.Strength}"),
            PasswordResult.Wrong => Page(context, StatusCodes.Status400BadRequest, model with { CurrentFault = texts["account.wrong"] }),
            PasswordResult.TooMany => Later(context, model, outcome.RetryAfter ?? login.Lockout),
            _ => context.BackToAccount("overtaken"),
        };
    }

    private RazorComponentResult<PasswordPage> Later(HttpContext context, PasswordPageModel model, TimeSpan wait)
    {
        LoginEndpoints.RetryAfter(context, wait);
        return Page(context, StatusCodes.Status429TooManyRequests, model with { Failure = context.Texts()["account.tooMany", context.Texts().Span(wait)] });
    }

    private RazorComponentResult<PasswordPage> Page(HttpContext context, int status, PasswordPageModel model) =>
        context.Page<PasswordPage>(new { Model = model, Navigation = navigation.For(context) }, status);
}
