using System.Buffers.Text;
using Gateway.Audit;
using Gateway.Passkeys.Pages;
using Gateway.SecondFactor;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Passkeys;

/// <summary>The passkeys of a user: to see, to add, to remove.</summary>
internal sealed class UserPasskeys(UserManager<GatewayUser> users, AuditedChange audited, FactorChanges changes)
{
    private const int Most = 20;
    private const int LongestName = 60;

    public async Task<IReadOnlyList<KnownPasskey>> ListAsync(GatewayUser user) =>
    [
        .. (await users.GetPasskeysAsync(user))
            .OrderBy(passkey => passkey.CreatedAt)
            .Select(passkey => new KnownPasskey(Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "–", passkey.CreatedAt)),
    ];

    /// <summary>False when there are too many already.</summary>
    public async Task<bool> AddAsync(HttpContext context, GatewayUser user, UserPasskeyInfo passkey, string name, CancellationToken cancellationToken)
    {
        if ((await users.GetPasskeysAsync(user)).Count >= Most)
            return false;
        var label = AuditText.Cut(name.Trim(), LongestName);
        passkey.Name = string.IsNullOrEmpty(label) ? "–" : label;
        var added = false;
        await audited.MakeAsync(
            async () =>
            {
                added = (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded;
                return AuditEvent.ByUser(AuditActions.PasskeyAdded, user.Id).From(context);
            },
            cancellationToken);
        return added;
    }

    /// <summary>
    /// Ends all sessions and remembered browsers but the one that it was done in. Null when there is no such passkey, or the user was
    /// changed at this moment.
    /// </summary>
    public async Task<KnownUser?> RemoveAsync(HttpContext context, KnownUser user, string id, CancellationToken cancellationToken)
    {
        if (!Base64Url.IsValid(id))
            return null;
        var credential = Base64Url.DecodeFromChars(id);
        var row = await users.FindByIdAsync(user.Id);
        if (row is null || await users.GetPasskeyAsync(row, credential) is null)
            return null;
        return await changes.ChangeAsync(
            context, user, AuditActions.PasskeyRemoved, async changed => await users.RemovePasskeyAsync(changed, credential), cancellationToken);
    }
}
