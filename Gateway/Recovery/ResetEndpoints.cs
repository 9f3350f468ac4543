using Gateway.Account;
using Gateway.Pages;
using Gateway.Pages.Branding;
using Gateway.Pages.Languages;
using Gateway.Recovery.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Recovery;

/// <summary>
/// <c>GET</c> and <c>POST /reset</c>: where the link of a mail leads. Programs that look after mail open links, too: looking changes
/// nothing.
/// </summary>
internal sealed class ResetEndpoints(GatewayPaths paths, SameOrigin origin, BrandingSettings branding, RecoveryAudit audit)
{
    public const string TokenField = "token";

    /// <summary>In the address of the login page: the visitor comes from here.</summary>
    public const string DoneParameter = "reset";

    public async Task<IResult> ShowAsync(HttpContext context, string? token, ResetLinks links, CancellationToken cancellationToken) =>
        await links.FindAsync(token, cancellationToken) is { } link
            ? Page(context, StatusCodes.Status200OK, new(link.User.Email, token!, link.Purpose is LinkPurpose.Invitation))
            : Gone(context, token);

    public async Task<IResult> SetAsync(HttpContext context, ResetLinks links, PasswordReset reset, CancellationToken cancellationToken)
    {
        var (form, refusal) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return refusal!;
        var token = form[TokenField].ToString();
        if (await links.FindAsync(token, cancellationToken) is not { } link)
            return Gone(context, token);

        var chosen = ChosenPassword.Of(form, context.Texts(), link.User.Email, link.User.Name, link.User.Id, branding.Name);
        var model = new ResetPageModel(link.User.Email, token, link.Purpose is LinkPurpose.Invitation) { Chosen = chosen };
        if (chosen.HasFault)
            return Page(context, StatusCodes.Status400BadRequest, model);
        return await reset.RunAsync(context, link, chosen.Text, cancellationToken)
            ? PageResults.GoTo(context, $"{paths.Login}?{DoneParameter}=done")
            : Gone(context, token);
    }

    private static RazorComponentResult<ResetPage> Page(HttpContext context, int status, ResetPageModel model) =>
        context.Page<ResetPage>(new { Model = model }, status);

    private RazorComponentResult<LinkGonePage> Gone(HttpContext context, string? token)
    {
        audit.Refused(context, token);
        return context.Page<LinkGonePage>(status: StatusCodes.Status410Gone);
    }
}
