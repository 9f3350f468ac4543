namespace Gateway.Tests.Forwarding;

/// <summary>Return addresses that led away from one login page or another; after the published lists.</summary>
internal static class RedirectPayloads
{
    private static readonly string[] Leads =
    [
        "//", "///", "////", "/\\", "/\\/", "\\\\", "\\/", "\\", "/\t/", "/\n/", "/\r/", "/\r\n/", "\t//", " //", "\u0000//", "/\u0000/", "/\u0001/",
        "/%09/", "/%0a/", "/%0d%0a/", "/%5c", "/%2f", "/%2f%2f", "/%5c%5c", "//\t", "https://", "https:", "https:/", "https:///", "https:\\\\", "HTTPS://",
        "http://", "http:", "ftp://", "ht\ntps://", " https://", "\u0001https://", "/https://", "//https://", "./", "../", "/./", "/.//", "/..//", "/../../",
        "/%2e//", "/%2e%2e//", "/;//", "/?//", "/#//", "?//", "#//", "@", "/@", "//@", ".", "", ";//", "/;@", "//;@", "\u3000//", "\uff0f\uff0f",
        "/\uff0f", "/\u2215", "/\u2044", "//\u200b", "/\u200b/", "/\u2028/", "/\ufeff/", "/\u00a0/", "/\u0085/", "//www.", "//x:y@", "//gateway@",
        "//127.0.0.1@", "//127.0.0.1:80@", "//127.0.0.1\\@", "//127.0.0.1%2f@", "//127.0.0.1.", "data:text/html,//", "blob:https://", "view-source://",
    ];

    private static readonly string[] Hosts =
    [
        "evil.example", "evil.example/", "evil.example/%2f..", "evil.example\\a", "evil.example:443/x?y#z", "evil%E3%80%82example", "evil\u3002example",
        "[::1]", "0x7f000001/",
    ];

    private static readonly string[] Others =
    [
        "javascript:alert(1)", "java\tscript:alert(1)", "JaVaScRiPt:alert(1)", "\u0001javascript:alert(1)", "/javascript:alert(1)", "vbscript:x",
        "data:text/html,<script>alert(1)</script>", "/\r\nLocation: https://evil.example", "/\r\nSet-Cookie: gateway.sid=x", "/%0d%0aSet-Cookie:x=y",
        "/\u560d\u560aSet-Cookie:x", "/\r\n\r\n<html>", "/\ud800", "/\ud800//evil.example", "/\"><script>", "/'onx='", "/ /evil.example", "https", ":", "/:",
        "//", "\\\\", "/\\", "///", "http://", "/..", "/../..//evil.example/..", "mailto:x@evil.example", "//evil.example?/_gateway", "intent://evil.example",
    ];

    /// <summary>Every one as it is, percent-encoded once, and twice.</summary>
    public static IEnumerable<string> All() => Leads.SelectMany(lead => Hosts.Select(host => lead + host)).Concat(Others)
        .SelectMany(payload => new[] { payload, Uri.EscapeDataString(payload), Uri.EscapeDataString(Uri.EscapeDataString(payload)) })
        .Distinct(StringComparer.Ordinal);
}
