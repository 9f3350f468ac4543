namespace Gateway.Users.Passwords;

/// <summary>
/// About how many bits a guesser has to find out who knows what passwords are made of: common words, runs of the keyboard, years,
/// repetition, what belongs to the user. It takes the cheapest way to put the password together, as the guesser would
/// (D. Wheeler, zxcvbn: Low-Budget Password Strength Estimation, USENIX Security 2016).
/// </summary>
internal readonly record struct PasswordStrength(double Bits)
{
    /// <summary>Under it stands whatever two common words and a year are good for, and every list of common passwords.</summary>
    private const double EasilyGuessed = 32;

    // Longer ones are strong, whatever follows.
    private const int LongestLook = 256;

    private static readonly double[] Levels = [EasilyGuessed, 40, 50, 65];

    public bool IsEasilyGuessed => Bits < EasilyGuessed;

    /// <summary>From 0, easily guessed, to 4.</summary>
    public int Level => Levels.Count(Reaches);

    /// <param name="own">What anybody would try first for this user.</param>
    public static PasswordStrength Of(string password, params ReadOnlySpan<string?> own)
    {
        var look = password.Length > LongestLook ? password[..LongestLook] : password;
        return new PasswordStrength(Cheapest(new PasswordParts(look, OwnWords(own))));
    }

    private bool Reaches(double level) => Bits >= level;

    // What it costs to get to each place, from the first on.
    private static double Cheapest(PasswordParts parts)
    {
        var cost = new double[parts.Length + 1];
        Array.Fill(cost, double.PositiveInfinity, 1, parts.Length);
        for (var at = 0; at < parts.Length; at++)
        {
            foreach (var (length, bits) in parts.At(at))
                cost[at + length] = Math.Min(cost[at + length], cost[at] + bits);
        }

        return cost[^1];
    }

    private static HashSet<string> OwnWords(ReadOnlySpan<string?> own)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in own)
        {
            var folded = PasswordParts.Fold(text ?? "");
            words.UnionWith(folded.Split([' ', '@', '.', '-', '_', '+', '\'', ',']).Append(folded).Where(word => word.Length >= 3));
        }

        return words;
    }
}
