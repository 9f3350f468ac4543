using Gateway.Audit;
using Gateway.Login.KeptForms.Pages;
using Gateway.Pages;
using Gateway.Sessions;

namespace Gateway.Login.KeptForms;

/// <summary><c>GET</c> and <c>POST /form/{id}</c>: asks whether a kept form is to be sent; drops it.</summary>
internal sealed class FormEndpoints(FormOwner owner, FormVault vault, SameOrigin origin, AuditTrail audit)
{
    public async Task<IResult> ShowAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        if (context.User.Session() is not { } session)
            return TypedResults.Challenge(null, [SessionDefaults.Scheme]);
        var finding = FormId.TryParse(id, out var formId) ? await owner.FindAsync(context, formId, session, cancellationToken) : FormFinding.Gone;
        if (finding.Form is not { } form)
            return context.Page<FormGonePage>(new { finding.WasSomebodyElses }, StatusCodes.Status410Gone);

        var fields = await FormFields.OfAsync(form, cancellationToken);
        return context.Page<FormPage>(new { Model = new FormPageModel(id, form.Host, form.Target, form.Until, fields) });
    }

    public async Task<IResult> DropAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        if (SameOrigin.IsForeign(context.Request))
            return Problems.Foreign("This form was sent by another site.");
        if (context.User.Session() is not { } session)
            return TypedResults.Challenge(null, [SessionDefaults.Scheme]);
        if (!context.Request.HasFormContentType)
            return Problems.Answer(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send a form.");
        await FormBody.ReadAsync(context.Request, cancellationToken);
        if (!await origin.HasTokenAsync(context))
            return Problems.Answer(StatusCodes.Status400BadRequest, "Bad request", "Send the form of the page that asks.");

        var page = "/";
        if (FormId.TryParse(id, out var formId) && await owner.FindAsync(context, formId, session, cancellationToken) is { Form: { } form })
        {
            await vault.TakeAsync(formId, cancellationToken);
            audit.Note(context, AuditEvent.ByUser(AuditActions.FormDropped, session.UserId));
            page = PageOf(form) ?? "/";
        }

        PageHeaders.Add(context);
        context.Response.Headers.Location = page;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    // Back to where the form can be filled in again.
    private static string? PageOf(KeptForm form) =>
        Uri.TryCreate(form.Referer, UriKind.Absolute, out var page) && string.Equals(page.Authority, form.Host, StringComparison.OrdinalIgnoreCase)
            ? ReturnAddress.OnThisOrigin(page.PathAndQuery)
            : null;
}
