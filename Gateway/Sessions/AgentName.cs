namespace Gateway.Sessions;

/// <summary>
/// Which browser, on which system, a <c>User-Agent</c> header tells of (RFC 9110 section 10.1.5), for people who look for their
/// devices: the common ones by name, everything else as it calls itself.
/// </summary>
internal sealed class AgentName
{
    private const int LongestRead = 512;
    private const int LongestShown = 60;
    private const int LongestKept = 12;

    // Most of them also name some further down, whom they descend from.
    private static readonly Known[] Browsers =
    [
        new("MicroMessenger/", "WeChat", "WeC"), new("QQBrowser/", "QQ Browser", "QQ"), new("UCBrowser/", "UC Browser", "UC"), new("YaBrowser/", "Yandex Browser", "Ya"),
        new("SamsungBrowser/", "Samsung Internet", "Sam"), new("Vivaldi/", "Vivaldi", "Viv"), new("OPR/", "Opera", "Op"),
        new("Edg/", "Edge", "Edg"), new("EdgA/", "Edge", "Edg"), new("EdgiOS/", "Edge", "Edg"), new("FxiOS/", "Firefox", "Fx"), new("Firefox/", "Firefox", "Fx"),
        new("CriOS/", "Chrome", "Chr"), new("Chrome/", "Chrome", "Chr"), new("Safari/", "Safari", "Saf"),
    ];

    private static readonly Known[] Systems =
    [
        new("OpenHarmony", "HarmonyOS", "Har"), new("Windows", "Windows", "Win"), new("Android", "Android", "And"), new("iPhone", "iPhone", "iPh"),
        new("iPad", "iPad", "iPad"), new("CrOS", "ChromeOS", "CrOS"), new("Macintosh", "macOS", "Mac"), new("Linux", "Linux", "Lin"),
    ];

    private readonly Known? browser;
    private readonly Known? system;

    private AgentName(Known? browser, Known? system, string raw) => (this.browser, this.system, Raw) = (browser, system, raw);

    /// <summary>There together with <see cref="System"/>, or neither is.</summary>
    public string? Browser => browser?.Name;

    public string? System => system?.Name;

    /// <summary>What was sent, cut to a length at which it can be shown, and without control characters.</summary>
    public string Raw { get; }

    /// <summary>As few characters as <see cref="Of"/> understands again, such as <c>Fx/Win</c>: of a million sessions, each keeps it.</summary>
    public string Short => browser is null ? Cut(Raw, LongestKept) : $"{browser.Code}/{system!.Code}";

    /// <param name="text">A header, or <see cref="Short"/>; of an unknown visitor's choice.</param>
    public static AgentName? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var read = Cut(text, LongestRead);
        var parts = read.Split('/');
        var (browser, system) = parts.Length == 2 ? (Coded(Browsers, parts[0]), Coded(Systems, parts[1])) : default;
        if (browser is null || system is null)
            (browser, system) = (Marked(Browsers, read), Marked(Systems, read));
        var raw = Cut(read, LongestShown);
        return browser is null || system is null ? new AgentName(null, null, raw) : new AgentName(browser, system, raw);
    }

    /// <summary>In English.</summary>
    public override string ToString() => browser is null ? Raw : $"{Browser} on {System}";

    private static Known? Coded(Known[] all, string code) => Array.Find(all, known => string.Equals(known.Code, code, StringComparison.Ordinal));

    private static Known? Marked(Known[] all, string text) => Array.Find(all, known => text.Contains(known.Mark, StringComparison.Ordinal));

    private static string Cut(string text, int length) =>
        string.Concat(text.Where(character => !char.IsControl(character) && !char.IsSurrogate(character)).Take(length));

    /// <param name="Mark">What is looked for.</param>
    private sealed record Known(string Mark, string Name, string Code);
}
