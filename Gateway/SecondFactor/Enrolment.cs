using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Gateway.Pages.Branding;
using Gateway.SecondFactor.Pages;
using Gateway.Users;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.SecondFactor;

/// <summary>
/// Setting up an authenticator app. Until a code confirms it, the secret is in the page's form alone, encrypted and for this user: what
/// nobody confirms leaves nothing behind.
/// </summary>
internal sealed class Enrolment(BrandingSettings branding, IDataProtectionProvider protection, TimeProvider clock)
{
    private const int LongestTicket = 1024;

    // Long enough to find and install an app.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>The page with a new secret.</summary>
    public SetupPageModel Begin(HttpContext context, KnownUser user, string action, string returnAddress) =>
        Show(context, user, Totp.NewSecret(), action, returnAddress, failure: null);

    /// <summary>The page with the secret that it had before, where that still counts, and otherwise with a new one.</summary>
    public SetupPageModel Again(HttpContext context, KnownUser user, byte[]? secret, string action, string returnAddress, string failure) =>
        Show(context, user, secret ?? Totp.NewSecret(), action, returnAddress, failure);

    /// <summary>The secret of a form; null for what this gateway has not made for this user, or too long ago.</summary>
    public byte[]? Read(string? ticket, string userId)
    {
        if (ticket is not { Length: > 0 and <= LongestTicket } || !Base64Url.IsValid(ticket))
            return null;
        try
        {
            var content = Protector(userId).Unprotect(Base64Url.DecodeFromChars(ticket));
            var until = BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(Totp.SecretBytes));
            return clock.GetUtcNow().ToUnixTimeSeconds() < until ? content[..Totp.SecretBytes] : null;
        }
        catch (CryptographicException exception) when (!DatabaseFault.Is(exception))
        {
            return null;
        }
    }

    private SetupPageModel Show(HttpContext context, KnownUser user, byte[] secret, string action, string returnAddress, string? failure)
    {
        var issuer = string.IsNullOrEmpty(branding.Name) ? context.Request.Host.Host : branding.Name;
        var text = string.Join(' ', Base32.Encode(secret).Chunk(4).Select(group => new string(group)));
        return new SetupPageModel(action, returnAddress, Ticket(secret, user.Id), text, QrPicture.Of(Totp.Uri(secret, issuer, user.Email)), failure);
    }

    private string Ticket(byte[] secret, string userId)
    {
        Span<byte> until = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(until, clock.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds());
        byte[] content = [.. secret, .. until];
        return Base64Url.EncodeToString(Protector(userId).Protect(content));
    }

    private IDataProtector Protector(string userId) => protection.CreateProtector("Gateway.SecondFactor.Enrolment", "v1", userId);
}
