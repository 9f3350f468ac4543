namespace Gateway.Forwarding;

/// <summary>
/// Headers by which an application could take another address for the one that was authorized, or believe the client about where it
/// comes from. YARP replaces <c>X-Forwarded-For</c>, <c>-Host</c>, <c>-Proto</c> and <c>-Prefix</c>, and drops <c>Forwarded</c>; here
/// goes what would get past it.
/// </summary>
internal static class AddressHeaders
{
    // Some frameworks route by the first two instead of the request line, and a CGI program may send all it asks for itself to the
    // third (CVE-2016-5385); the rest is what the forwarded-headers middleware took from a trusted proxy, and no client's to send.
    private static readonly string[] Never =
        ["X-Original-URL", "X-Rewrite-URL", "Proxy", "X-Original-For", "X-Original-Host", "X-Original-Proto"];

    private static readonly string[] Replaced = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix"];

    /// <summary>Whether YARP sets it on what goes to an application.</summary>
    public static bool IsReplaced(string header) => Replaced.Contains(header, StringComparer.OrdinalIgnoreCase);

    public static bool Mislead(string header)
    {
        foreach (var name in Never)
        {
            if (FoldedName.Equal(name, header))
                return true;
        }

        foreach (var name in Replaced)
        {
            if (IsOtherSpelling(header, name))
                return true;
        }

        return false;
    }

    private static bool IsOtherSpelling(string header, string name) =>
        FoldedName.Equal(header, name) && !string.Equals(header, name, StringComparison.OrdinalIgnoreCase);
}
