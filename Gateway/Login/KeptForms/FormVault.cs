using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.Login.KeptForms;

/// <summary>
/// Kept forms under lock: what people typed is not to be read in Redis, in its files or its backups. The lock is bound to the id, so that
/// no form can be put in the place of another.
/// </summary>
internal sealed class FormVault(IFormStore store, IDataProtectionProvider protection, TimeProvider clock)
{
    public Task PutAsync(FormId id, KeptForm form, CancellationToken cancellationToken)
    {
        var left = form.Until - clock.GetUtcNow();
        return left <= TimeSpan.Zero
            ? Task.CompletedTask
            : store.PutAsync(id.Key, Protector(id).Protect(form.ToBytes()), left, cancellationToken);
    }

    /// <summary>Null when it was taken, or kept for too long.</summary>
    public async Task<KeptForm?> ReadAsync(FormId id, CancellationToken cancellationToken) => Open(id, await store.GetAsync(id.Key, cancellationToken));

    public Task ReplaceAsync(FormId id, KeptForm form, CancellationToken cancellationToken) =>
        store.ReplaceAsync(id.Key, Protector(id).Protect(form.ToBytes()), cancellationToken);

    /// <summary>The same, and it is not there any more: one of all who ask gets it.</summary>
    public async Task<KeptForm?> TakeAsync(FormId id, CancellationToken cancellationToken) => Open(id, await store.TakeAsync(id.Key, cancellationToken));

    private KeptForm? Open(FormId id, byte[]? content)
    {
        if (content is null)
            return null;
        try
        {
            var form = KeptForm.FromBytes(Protector(id).Unprotect(content));
            return form.Until > clock.GetUtcNow() ? form : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(FormId id) => protection.CreateProtector("Gateway.KeptForm", "v1", id.Key);
}
