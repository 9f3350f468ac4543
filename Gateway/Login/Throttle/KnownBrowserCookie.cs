using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Gateway.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.Login.Throttle;

/// <summary>
/// The signed cookie of a browser that has logged in to an account before. It identifies nobody and survives a logout: all it gives is
/// a few guesses that strangers can't use up.
/// </summary>
internal sealed class KnownBrowserCookie(CookieSettings cookies, IDataProtectionProvider protection, TimeProvider clock)
{
    private const int IdBytes = 16;
    private const int TimeBytes = 8;

    // As long as browsers keep a cookie at most (RFC 6265bis section 5.5).
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    private readonly CookieBuilder cookie = cookies.Build("gateway.known", Lifetime);
    private readonly IDataProtector protector = protection.CreateProtector("Gateway.KnownBrowser", "v1");

    public string Name => cookie.Name!;

    /// <summary>The browser, when it has logged in to this very account; null for everything that this gateway has not signed.</summary>
    public KnownBrowser? Read(HttpContext context, AccountName account)
    {
        if (Content(context) is not { } content || !content.AsSpan(IdBytes + TimeBytes).SequenceEqual(account.Hash))
            return null;
        var age = AgeOf(content);
        return age < Lifetime ? new KnownBrowser(Base64Url.EncodeToString(content.AsSpan(0, IdBytes)), IsOld: age > Lifetime / 2) : null;
    }

    /// <summary>The account that logged in last in this browser, as <see cref="AccountName"/> writes it; null when nobody can tell.</summary>
    public string? LastAccount(HttpContext context) =>
        Content(context) is { } content && AgeOf(content) < Lifetime ? Convert.ToHexStringLower(content.AsSpan(IdBytes + TimeBytes)) : null;

    /// <summary>Makes the browser known to this account, and to no other any more.</summary>
    public void Write(HttpContext context, AccountName account)
    {
        Span<byte> time = stackalloc byte[TimeBytes];
        BinaryPrimitives.WriteInt64BigEndian(time, clock.GetUtcNow().ToUnixTimeSeconds());
        byte[] content = [.. RandomNumberGenerator.GetBytes(IdBytes), .. time, .. account.Hash];
        context.Response.Cookies.Append(Name, Base64Url.EncodeToString(protector.Protect(content)), cookie.Build(context));
        context.Response.NeverCache();
    }

    private byte[]? Content(HttpContext context)
    {
        var text = context.Request.Cookies[Name];
        if (text is not { Length: > 0 and <= 512 } || !Base64Url.IsValid(text))
            return null;
        try
        {
            var content = protector.Unprotect(Base64Url.DecodeFromChars(text));
            return content.Length == IdBytes + TimeBytes + SHA256.HashSizeInBytes ? content : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private TimeSpan AgeOf(byte[] content) =>
        clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(IdBytes)));
}

/// <param name="Id">Random, and the browser's alone.</param>
/// <param name="IsOld">It is time for a new cookie.</param>
internal sealed record KnownBrowser(string Id, bool IsOld);
