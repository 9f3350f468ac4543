using System.Text;
using Gateway.Pages;

namespace Gateway.Login;

/// <summary>
/// Where a visitor goes after logging in: always a path on this origin, however a browser may read it
/// (OWASP ASVS 5.0, 3.7.2; WHATWG URL section 4.4).
/// </summary>
internal static class ReturnAddress
{
    // A longer login address might not fit a browser's or a proxy's limit for a request line.
    private const int LongestInLoginAddress = 4096;

    /// <summary>The login page's address, with the way back in it.</summary>
    public static string ToLogin(GatewayPaths paths, string returnAddress) => To(paths.Login, returnAddress);

    /// <summary>The same for any page that a visitor is sent to on the way.</summary>
    public static string To(string page, string returnAddress)
    {
        var escaped = Uri.EscapeDataString(returnAddress);
        return page + "?returnUrl=" + (escaped.Length <= LongestInLoginAddress ? escaped : "%2F");
    }

    /// <summary>
    /// The address made fit for a <c>Location</c> header, or <c>/</c> when it does not stay on this origin. ASCII is left as it is,
    /// byte for byte.
    /// </summary>
    public static string Sanitize(string? returnAddress, GatewayPaths paths) =>
        OnThisOrigin(returnAddress) is { } here && !LeadsBack(here, paths) ? here : "/";

    /// <summary>The same of any page, those of logging in and out included; null when it does not stay on this origin.</summary>
    public static string? OnThisOrigin(string? address)
    {
        if (address is not ['/', ..] || !StaysHere(address))
            return null;
        if (address.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0)
            return address;

        var location = new StringBuilder(address.Length + 16);
        foreach (var rune in address.EnumerateRunes())
        {
            if (rune.Value is > ' ' and <= '~')
                location.Append((char)rune.Value);
            else
                location.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return location.ToString();
    }

    // Browsers take a backslash for a slash, and leave tabs, line ends and other control characters out before they look.
    private static bool StaysHere(string address) =>
        !(address.Length > 1 && address[1] is '/' or '\\')
        && address.AsSpan(0, PathLength(address)).IndexOf('\\') < 0
        && !address.Any(char.IsControl);

    // Back to the login page after logging in would look like a failure, and to the logout page like a trick.
    private static bool LeadsBack(string address, GatewayPaths paths)
    {
        var path = address.AsSpan(0, PathLength(address));
        return path.Equals(paths.Login, StringComparison.OrdinalIgnoreCase) || path.Equals(paths.Logout, StringComparison.OrdinalIgnoreCase);
    }

    private static int PathLength(string address) => address.IndexOfAny(['?', '#']) is var end and >= 0 ? end : address.Length;
}
