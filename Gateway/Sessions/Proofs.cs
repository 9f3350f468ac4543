namespace Gateway.Sessions;

/// <summary>By what the visitor of a session has shown who they are.</summary>
[Flags]
internal enum Proofs
{
    None = 0,
    Password = 1,

    /// <summary>Of an authenticator app, or a recovery code in its place.</summary>
    Code = 2,

    /// <summary>A device that the visitor has unlocked, which is two factors by itself (NIST SP 800-63B-4 section 3.1.7).</summary>
    Passkey = 4,
}

/// <summary>How sessions name them, after RFC 8176 where that has a name.</summary>
internal static class ProofNames
{
    private static readonly (Proofs Proof, string Name)[] All = [(Proofs.Password, "pwd"), (Proofs.Code, "otp"), (Proofs.Passkey, "passkey")];

    public static bool HasSecondFactor(this Proofs proofs) => (proofs & (Proofs.Code | Proofs.Passkey)) != Proofs.None;

    /// <summary>Separated by spaces; null for the password alone, which is the usual case.</summary>
    public static string? Write(Proofs proofs) =>
        proofs == Proofs.Password ? null : string.Join(' ', All.Where(known => proofs.HasFlag(known.Proof)).Select(known => known.Name));

    /// <summary>Names that nobody knows prove nothing.</summary>
    public static Proofs Read(string? names) => names is null
        ? Proofs.Password
        : names.Split(' ').Aggregate(Proofs.None, (proofs, name) => proofs | All.FirstOrDefault(known => known.Name == name).Proof);
}
