namespace Gateway.Users.Passwords;

/// <summary>Of what a password can be put together, from each of its places on, and what each part costs a guesser in bits.</summary>
internal sealed class PasswordParts(string password, IReadOnlySet<string> own)
{
    // Bits.
    private const double OneOfTheWords = 10;
    private const double OneOfTheirOwn = 3;
    private const double InFigures = 1;
    private const double InCapitals = 1;
    private const double Run = 6;
    private const double Year = 6;
    private const double Again = 3;
    private const double Sign = 2;
    private const double Letter = 3.5;
    private const double LetterOfAnotherScript = 6;

    private const int ShortestPart = 3;
    private const int LongestWord = 40;

    // A 1 is an i or an l.
    private const string Figures = "@4835$7!01";
    private const string Letters = "aabesstioi";
    private const string LettersToo = "aabesstiol";

    // Forwards and backwards.
    private static readonly string[] Rows = WithReverse(
        "abcdefghijklmnopqrstuvwxyz", "0123456789012", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm", "!@#$%^&*()", "q1w2e3r4t5y6u7i8o9p0", "a1b2c3d4e5f6", "147258369", "159753");

    private readonly string folded = Fold(password);
    private readonly (string Text, double Bits)[] spellings = Spellings(Fold(password));

    public int Length => password.Length;

    /// <summary>So that all spellings are one: case is mapped by Unicode's simple rules, character by character.</summary>
    public static string Fold(string text) => text.ToUpperInvariant().ToLowerInvariant();

    /// <summary>The parts that can begin at a place.</summary>
    public IEnumerable<(int Length, double Bits)> At(int start)
    {
        yield return (1, OneCharacter(folded[start]));
        if (Repeated(start) is >= ShortestPart and var same)
            yield return (same, Run);
        if (InARow(start) is >= ShortestPart and var row)
            yield return (row, Run);
        for (var length = ShortestPart; length <= Math.Min(start, Length - start); length++)
        {
            if (folded.AsSpan(start, length).SequenceEqual(folded.AsSpan(start - length, length)))
                yield return (length, Again);
        }

        if (IsYear(start))
            yield return (4, Year);
        for (var length = ShortestPart; length <= Math.Min(LongestWord, Length - start); length++)
        {
            if (Word(start, length) is { } bits)
                yield return (length, bits);
        }
    }

    private static double OneCharacter(char character)
    {
        if (character > '~')
            return LetterOfAnotherScript;
        return char.IsAsciiLetterOrDigit(character) ? Letter : Sign;
    }

    private int Repeated(int start)
    {
        var end = start + 1;
        while (end < Length && folded[end] == folded[start])
            end++;
        return end - start;
    }

    private int InARow(int start)
    {
        var length = ShortestPart - 1;
        while (start + length < Length && Array.Exists(Rows, row => row.Contains(folded[start..(start + length + 1)], StringComparison.Ordinal)))
            length++;
        return length;
    }

    private bool IsYear(int start) =>
        Length - start >= 4 && folded.AsSpan(start, 2) is "19" or "20" && char.IsAsciiDigit(folded[start + 2]) && char.IsAsciiDigit(folded[start + 3]);

    private double? Word(int start, int length)
    {
        foreach (var (text, extra) in spellings)
        {
            var word = text.Substring(start, length);
            double? bits = own.Contains(word) ? OneOfTheirOwn : CommonWords.All.Contains(word) ? OneOfTheWords : null;
            if (bits is not null)
                return bits + extra + (HasOddCapitals(start, length) ? InCapitals : 0);
        }

        return null;
    }

    // A first letter or a whole word in capitals is what everybody does.
    private bool HasOddCapitals(int start, int length)
    {
        var rest = password.AsSpan(start + 1, length - 1);
        return rest.IndexOfAnyInRange('A', 'Z') >= 0 && rest.IndexOfAnyInRange('a', 'z') >= 0;
    }

    private static (string Text, double Bits)[] Spellings(string folded) =>
        [(folded, 0), (Translate(folded, Letters), InFigures), (Translate(folded, LettersToo), InFigures)];

    private static string Translate(string text, string letters) =>
        string.Concat(text.Select(character => Figures.IndexOf(character) is >= 0 and var index ? letters[index] : character));

    private static string[] WithReverse(params string[] rows) => [.. rows, .. rows.Select(row => string.Concat(row.Reverse()))];
}
