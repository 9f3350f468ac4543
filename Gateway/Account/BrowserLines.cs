using Gateway.Account.Pages;
using Gateway.Pages.Languages;

namespace Gateway.Account;

/// <summary>Where a user is logged in, in the language of whoever looks.</summary>
internal static class BrowserLines
{
    public static BrowserLine Of(Texts texts, SignedInBrowser browser, bool isHere) => new(
        browser.Handle,
        isHere,
        browser.Agent switch
        {
            null => texts["account.unknownBrowser"],
            { Browser: { } name, System: { } system } => texts["account.agent", name, system],
            { Raw: var raw } => raw,
        },
        browser.Address ?? texts["account.unknown"],
        Texts.Moment(browser.Since),
        browser.LastSeen is { } seen ? Texts.Moment(seen) : texts["account.unknown"],
        browser.RememberedUntil is { } end ? Texts.Moment(end) : null);
}
