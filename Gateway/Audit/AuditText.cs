using System.Text;

namespace Gateway.Audit;

/// <summary>Text of a client's choice, made fit to be kept and to be shown on an operator's terminal.</summary>
internal static class AuditText
{
    /// <summary>At most so many characters, none of them a control character or half of one.</summary>
    public static string? Cut(string? text, int length)
    {
        if (text is null || (text.Length <= length && !text.Any(IsUnfit)))
            return text;
        var kept = new StringBuilder(length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > length)
                break;
            kept.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return kept.ToString();
    }

    private static bool IsUnfit(char character) => char.IsControl(character) || char.IsSurrogate(character);
}
