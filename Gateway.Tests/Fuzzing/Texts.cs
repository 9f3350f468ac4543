using FsCheck;
using FsCheck.Fluent;

namespace Gateway.Tests.Fuzzing;

/// <summary>Texts made of what a parser cares for, with anything at all in between.</summary>
internal static class Texts
{
    private static readonly string[] Nasty = ["\0", "\r\n", "\t", "\u007f", "\u00e9", "\u212a", "\ud800", "\ud83d\ude00", "\u202e", "%00", "%", "\\", "\"", "'", " "];

    /// <summary>Any character, those of ASCII more often.</summary>
    public static Gen<string> Anything { get; } = Gen
        .OneOf(Gen.Choose(0, 127), Gen.Choose(0, 127), Gen.Choose(0, 0xffff))
        .Select(code => (char)code)
        .ArrayOf()
        .Select(characters => new string(characters));

    /// <summary>Any bytes, one character each, as header values arrive.</summary>
    public static Gen<string> Bytes { get; } = Gen.Choose(1, 255).Select(code => (char)code).ArrayOf().Select(characters => new string(characters));

    public static Gen<string> Of(params string[] words) => Gen
        .OneOf(Gen.Elements(words), Gen.Elements(words), Gen.Elements(words), Gen.Elements(Nasty), Anything.Resize(3))
        .ArrayOf()
        .Select(string.Concat);

    /// <summary>A right text with some slips in it: characters changed, left out, doubled or put in, or the end cut off.</summary>
    public static Gen<string> SlipsIn(string right, int most = 4) =>
        Gen.Choose(0, int.MaxValue).Select(seed => Slip(right, new Random(seed), most));

    private static string Slip(string text, Random random, int most)
    {
        for (var slips = random.Next(1, most + 1); slips > 0 && text.Length > 0; slips--)
        {
            var at = random.Next(text.Length);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, text[at].ToString()),
                2 => text[..at],
                3 => text.Insert(at, Nasty[random.Next(Nasty.Length)]),
                4 => text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at)),
                _ => $"{text[..at]}{(char)random.Next(32, 127)}{text[(at + 1)..]}",
            };
        }

        return text;
    }
}
