using System.Security.Cryptography;
using System.Text;

namespace Gateway.Users;

/// <summary>What the rest of the gateway needs to know of a user; read-only and detached from the database.</summary>
/// <param name="Stamp">Changes with the password and whenever the operator ends all of the user's sessions; derived from Identity's security stamp.</param>
/// <param name="Roles">In ordinal order.</param>
internal sealed record KnownUser(string Id, string Email, string? Name, IReadOnlyList<string> Roles, string Stamp, bool Disabled)
{
    /// <summary>Logging in asks for more than the password.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>By an operator's decision about this very user.</summary>
    public bool NeedsSecondFactor { get; init; }

    // Sessions and remembered browsers keep the derived value: the security stamp itself signs Identity's tokens and stays in the database.
    public static string StampOf(GatewayUser user) => StampOf(user.SecurityStamp);

    public static string StampOf(string? securityStamp)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(securityStamp ?? ""));
        return Convert.ToHexStringLower(hash.AsSpan(0, 8));
    }
}
