using Microsoft.Playwright;

namespace Gateway.Tests.Hosting;

/// <summary>Ann's laptop: a page of Chromium, and the lock of its device, which she always opens.</summary>
internal sealed class PasskeyDevice(IPage page)
{
    public IPage Page => page;

    /// <param name="host">By which the gateway is reached: a passkey is for a domain, never for an address. Below localhost is this machine.</param>
    /// <param name="offers">The browser offers passkeys in the e-mail field. Without an owner, the device takes what is offered.</param>
    public static async Task<PasskeyDevice> StartAsync(Chromium chromium, TestGateway gateway, string host = "localhost", bool offers = false)
    {
        var site = new UriBuilder(gateway.BaseAddress) { Host = host }.Uri;
        var page = await chromium.NewPageAsync(new() { BaseURL = site.AbsoluteUri, Locale = "en" });
        if (!offers)
            await page.AddInitScriptAsync("if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false;");
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new PasskeyDevice(page);
    }

    public async Task EnterPasswordAsync(string returnUrl)
    {
        await page.GotoAsync("/_gateway/login?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await page.FillAsync("#email", Stage.Email);
        await page.FillAsync("#password", Stage.Password);
        await page.ClickAsync("form:has(#password) button[type=submit]");
    }

    public async Task AddPasskeyAsync(string name)
    {
        await page.GotoAsync("/_gateway/account/passkeys");
        await page.FillAsync("#name", name);
        await page.ClickAsync("form[data-passkey] button");
        await page.GetByText(name, new() { Exact = true }).WaitForAsync();
    }

    public Task UsePasskeyAsync() => page.ClickAsync("form[data-passkey] button");

    /// <summary>As whom the site's page at this path is seen.</summary>
    public async Task<string> UserAtAsync(string path)
    {
        await page.ArriveAsync("**" + path);
        await page.GetByText("x-user-id").WaitForAsync();
        return await page.ContentAsync();
    }
}
