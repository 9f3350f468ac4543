using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Login;
using Gateway.Pages;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.SecondFactor;

/// <summary>
/// The signed and encrypted cookie of a login that waits for its second factor. It signs nobody in, is worth something for five minutes
/// and until the user's stamp changes, and can't be used for anything else.
/// </summary>
internal sealed class PendingLoginCookie(GatewayPaths paths, CookieSettings cookies, IDataProtectionProvider protection, TimeProvider clock)
{
    private const int LongestValue = 2048;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly CookieBuilder cookie = cookies.Build("gateway.login", Lifetime);
    private readonly IDataProtector protector = protection.CreateProtector("Gateway.PendingLogin", "v1");

    public string Name => cookie.Name!;

    /// <summary>Remembers that the password was right. Returns where the login goes on.</summary>
    public string Begin(HttpContext context, LoginNeeds needs, bool remember, string returnAddress)
    {
        var pending = new PendingLogin(needs.User.Id, needs.User.Stamp, remember, clock.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds());
        var content = JsonSerializer.SerializeToUtf8Bytes(pending, PendingLoginJson.Default.PendingLogin);
        context.Response.Cookies.Append(Name, Base64Url.EncodeToString(protector.Protect(content)), cookie.Build(context));
        context.Response.NeverCache();
        return ReturnAddress.To(needs.Need is FactorNeed.Enrolment ? paths.LoginEnrolment : paths.LoginFactor, returnAddress);
    }

    /// <summary>Null for everything that this gateway has not signed, and when the time is over.</summary>
    public PendingLogin? Read(HttpContext context)
    {
        var text = context.Request.Cookies[Name];
        if (text is not { Length: > 0 and <= LongestValue } || !Base64Url.IsValid(text))
            return null;
        try
        {
            var pending = JsonSerializer.Deserialize(protector.Unprotect(Base64Url.DecodeFromChars(text)), PendingLoginJson.Default.PendingLogin);
            return pending is not null && clock.GetUtcNow().ToUnixTimeSeconds() < pending.Until ? pending : null;
        }
        catch (CryptographicException exception) when (!DatabaseFault.Is(exception))
        {
            return null;
        }
    }

    public void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, cookie.Build(context));
}

/// <param name="Until">In seconds since 1970.</param>
internal sealed record PendingLogin(string UserId, string Stamp, bool Remember, long Until)
{
    /// <summary>Whether the login may go on for the user as they are now.</summary>
    public bool MayGoOnFor(KnownUser? user) => user is { Disabled: false } && string.Equals(user.Stamp, Stamp, StringComparison.Ordinal);
}

[JsonSerializable(typeof(PendingLogin))]
internal sealed partial class PendingLoginJson : JsonSerializerContext;
