using Microsoft.AspNetCore.Identity;

namespace Gateway.Passkeys;

/// <summary>Where a passkey was used or made, as the browser has it signed (WebAuthn sections 7.1 and 7.2).</summary>
internal static class PasskeyOrigin
{
    /// <summary>On a page of the very origin that sends it, as Identity asks by itself, and at a host of this gateway.</summary>
    public static ValueTask<bool> IsOursAsync(PasskeyOriginValidationContext context, PasskeySettings settings) => ValueTask.FromResult(
        !context.CrossOrigin
        && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)
        && context.HttpContext.Request.Headers.Origin is [{ } sender]
        && origin.Equals(sender)
        && settings.Allows(origin.Host));
}
