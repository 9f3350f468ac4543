namespace Gateway.Users.Transfer;

/// <summary>What an import did, would do, or was refused for.</summary>
/// <param name="Formats">How many users of the file have a hash of which format.</param>
/// <param name="Refused">How many lines have a fault; with any of them nothing was imported.</param>
/// <param name="Faults">The first of them.</param>
internal sealed record ImportOutcome(
    bool DryRun, int Added, int Updated, int Unchanged, IReadOnlyDictionary<string, int> Formats, int Refused, IReadOnlyList<ImportFault> Faults);

/// <param name="Line">Of the file; the first one is 1.</param>
internal sealed record ImportFault(int Line, string Reason)
{
    // A reason quotes what is in the file: it must not move the cursor of a terminal, nor fill it.
    private const int Longest = 400;

    public override string ToString()
    {
        var reason = Reason.Length > Longest ? Reason[..Longest] + "…" : Reason;
        return $"line {Line}: {string.Concat(reason.Select(character => char.IsControl(character) ? '\uFFFD' : character))}";
    }
}
