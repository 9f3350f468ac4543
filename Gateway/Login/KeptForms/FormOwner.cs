using Gateway.Login.Throttle;
using Gateway.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Login.KeptForms;

/// <summary>
/// Who may see and send a kept form: the browser that sent it, and in it the account that had logged in there last; where nobody can tell
/// which one that was, the first that opens it. Somebody else who logs in there finds it dropped.
/// </summary>
internal sealed class FormOwner(FormVault vault, FormCookie cookie)
{
    public async Task<FormFinding> FindAsync(HttpContext context, FormId id, Session session, CancellationToken cancellationToken)
    {
        if (cookie.Read(context.Request) is not { } browser
            || await vault.ReadAsync(id, cancellationToken) is not { } form
            || !form.IsOf(context.Request.Host.Value ?? "", browser))
        {
            return FormFinding.Gone;
        }

        var normalizer = context.RequestServices.GetRequiredService<ILookupNormalizer>();
        var account = AccountName.Of(session.Email, normalizer).ToString();
        if (form.Account is null)
        {
            form = form with { Account = account };
            await vault.ReplaceAsync(id, form, cancellationToken);
        }

        if (string.Equals(form.Account, account, StringComparison.Ordinal))
            return new FormFinding(form);
        await vault.TakeAsync(id, cancellationToken);
        return FormFinding.SomebodyElses;
    }
}

/// <param name="Form">Null when it is not for this visitor, or not there.</param>
/// <param name="WasSomebodyElses">Then it is dropped.</param>
internal sealed record FormFinding(KeptForm? Form, bool WasSomebodyElses = false)
{
    public static FormFinding Gone { get; } = new((KeptForm?)null);

    public static FormFinding SomebodyElses { get; } = new(null, WasSomebodyElses: true);
}
