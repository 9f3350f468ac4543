using Gateway.Audit;

namespace Gateway.SecondFactor;

internal enum FactorKind
{
    Totp,
    Recovery,
}

internal static class FactorKinds
{
    /// <summary>For the audit trail.</summary>
    public static string? ToDetail(this FactorKind kind) => AuditDetail.Of(("by", kind is FactorKind.Totp ? "totp" : "recovery"));
}
