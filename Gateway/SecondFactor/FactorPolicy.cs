using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.SecondFactor;

/// <summary>Of whom a login asks for more than the password.</summary>
internal sealed class FactorPolicy(SecondFactorSettings settings)
{
    /// <summary>Whether the operator insists, whatever the user has.</summary>
    public bool IsRequiredOf(KnownUser user) =>
        user.NeedsSecondFactor || user.Roles.Any(role => settings.RequiredForRoles.Contains(role, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether what was shown is enough for a session of theirs.</summary>
    public bool IsSatisfiedBy(Proofs proofs, KnownUser user) => proofs.HasSecondFactor() || !IsRequiredOf(user);

    public FactorNeed NeedOf(KnownUser user) =>
        user.HasSecondFactor ? FactorNeed.Factor : IsRequiredOf(user) ? FactorNeed.Enrolment : FactorNeed.Nothing;
}

/// <summary>What a login needs beyond the password.</summary>
internal enum FactorNeed
{
    Nothing,
    Factor,

    /// <summary>The user must have a second factor, and has only a passkey, which the login shows then.</summary>
    Passkey,

    /// <summary>The user must have a second factor and has none: setting one up is a part of this login.</summary>
    Enrolment,
}
