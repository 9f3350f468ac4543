namespace Gateway.Pages.Languages;

/// <summary>
/// Which form of a text goes with a whole number: <c>zero</c>, <c>one</c>, <c>two</c>, <c>few</c>, <c>many</c> or <c>other</c>, as Unicode CLDR
/// names them (UTS #35, Language Plural Rules). A language that is not here has one for 1, and another for everything else.
/// </summary>
internal static class PluralForm
{
    /// <param name="tag">Of the language, such as <c>pl</c> or <c>zh-Hans</c>.</param>
    public static string Of(string tag, long number) => tag.Split('-')[0] switch
    {
        "id" or "ja" or "ko" or "ms" or "th" or "vi" or "zh" => "other",
        "bn" or "fa" or "fr" or "gu" or "hi" or "hy" or "kn" or "pt" => number is 0 or 1 ? "one" : "other",
        "be" or "ru" or "uk" => EastSlavic(number, rest: "many"),
        "bs" or "hr" or "sr" => EastSlavic(number, rest: "other"),
        "pl" => number == 1 ? "one" : IsFew(number) ? "few" : "many",
        "cs" or "sk" => number switch { 1 => "one", >= 2 and <= 4 => "few", _ => "other" },
        "sl" => (number % 100) switch { 1 => "one", 2 => "two", 3 or 4 => "few", _ => "other" },
        "lt" => IsTeen(number, from: 11) ? "other" : (number % 10) switch { 0 => "other", 1 => "one", _ => "few" },
        "lv" => IsTeen(number, from: 11) ? "zero" : (number % 10) switch { 0 => "zero", 1 => "one", _ => "other" },
        "ro" => number == 1 ? "one" : number == 0 || IsTeen(number, from: 1) ? "few" : "other",
        "he" => number switch { 1 => "one", 2 => "two", _ => "other" },
        "ar" => number switch { 0 => "zero", 1 => "one", 2 => "two", _ => Arabic(number % 100) },
        _ => number == 1 ? "one" : "other",
    };

    private static string EastSlavic(long number, string rest) =>
        number % 10 == 1 && number % 100 != 11 ? "one" : IsFew(number) ? "few" : rest;

    private static string Arabic(long hundredth) => hundredth switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" };

    private static bool IsFew(long number) => number % 10 is >= 2 and <= 4 && number % 100 is not (>= 12 and <= 14);

    private static bool IsTeen(long number, int from) => number % 100 >= from && number % 100 <= 19;
}
