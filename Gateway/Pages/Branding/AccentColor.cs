using System.Globalization;

namespace Gateway.Pages.Branding;

/// <summary>The operator's colour, and what follows from it so that everything stays readable (WCAG 2.2, 1.4.3 and 1.4.11).</summary>
internal sealed record AccentColor(byte Red, byte Green, byte Blue)
{
    // A little more than the 4.5 that is asked for: what a browser rounds must not fall below.
    private const double Readable = 4.6;
    private const int Steps = 64;

    // The grounds of style.css on which links and focus rings stand: in each scheme the one nearest to their colour.
    private static readonly AccentColor LightGround = new(0xee, 0xf0, 0xf3);
    private static readonly AccentColor DarkGround = new(0x26, 0x2b, 0x33);
    private static readonly AccentColor Black = new(0, 0, 0);
    private static readonly AccentColor White = new(255, 255, 255);

    public static AccentColor Parse(string text) =>
        TryParse(text, out var color) ? color : throw new FormatException($"'{text}' is no colour such as #2458b3.");

    /// <summary>Exactly <c>#rrggbb</c>.</summary>
    public static bool TryParse(string? text, out AccentColor color)
    {
        color = Black;
        if (text is not ['#', _, _, _, _, _, _] || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
            return false;
        color = new AccentColor((byte)(number >> 16), (byte)(number >> 8), (byte)number);
        return true;
    }

    /// <summary>Text on the colour: black or white, one of which always reaches 4.5.</summary>
    public AccentColor TextOn => Contrast(this, White) >= Contrast(this, Black) ? White : Black;

    /// <summary>The nearest tone that can be read on the light pages.</summary>
    public AccentColor OnLight => Toward(Black, LightGround);

    /// <summary>The nearest tone that can be read on the dark pages.</summary>
    public AccentColor OnDark => Toward(White, DarkGround);

    /// <summary>The ratio of WCAG 2.2, from 1 to 21.</summary>
    public static double Contrast(AccentColor one, AccentColor other)
    {
        var (a, b) = (one.Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    public string ToCss() =>
        $":root {{ --accent: {this}; --on-accent: {TextOn}; --link: {OnLight}; }}\n@media (prefers-color-scheme: dark) {{ :root {{ --link: {OnDark}; }} }}\n";

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private AccentColor Toward(AccentColor end, AccentColor ground)
    {
        var color = this;
        for (var step = 1; step <= Steps && Contrast(color, ground) < Readable; step++)
            color = new(Mix(Red, end.Red, step), Mix(Green, end.Green, step), Mix(Blue, end.Blue, step));
        return color;
    }

    private static byte Mix(byte from, byte to, int step) => (byte)(from + (to - from) * step / Steps);

    private static double Linear(byte channel) => channel / 255.0 is var part && part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
}
