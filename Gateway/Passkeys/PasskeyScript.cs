using Gateway.Pages;

namespace Gateway.Passkeys;

/// <summary>The one script: WebAuthn can't be had without. Only pages with a passkey's form load it, and only they allow it.</summary>
internal sealed class PasskeyScript(GatewayPaths paths) : PageFile(paths, Path, "text/javascript; charset=utf-8")
{
    public const string Path = "/passkeys.js";
}
