using System.Security.Cryptography;
using System.Text;
using Gateway.Sessions;

namespace Gateway.Account;

/// <summary>
/// Where a user is logged in: a remembered browser with its sessions, or a browser that is not remembered, which has one session.
/// </summary>
/// <param name="Id">Of the remembered browser, else the key of the session. In no page and no log.</param>
/// <param name="Sessions">The live ones. A remembered browser may have none at the moment.</param>
/// <param name="Since">When the password was entered.</param>
/// <param name="LastSeen">Absent where nobody knows.</param>
/// <param name="RememberedUntil">Absent for one that is not remembered.</param>
internal sealed record SignedInBrowser(
    string Id,
    IReadOnlyList<Session> Sessions,
    DateTimeOffset Since,
    DateTimeOffset? LastSeen,
    DateTimeOffset? RememberedUntil,
    string? Address,
    AgentName? Agent)
{
    private const int HandleLength = 16;

    public bool IsRemembered => RememberedUntil is not null;

    /// <summary>
    /// By which a form names it. Says nothing, opens nothing, and is looked for among the browsers of whoever sends it alone.
    /// </summary>
    public string Handle => HandleOf(Id);

    public static string HandleOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("account:" + id)))[..HandleLength];

    public bool IsNamed(string handle) => string.Equals(Handle, handle, StringComparison.Ordinal);

    public bool Has(Session session) => Sessions.Any(own => string.Equals(own.Key, session.Key, StringComparison.Ordinal));
}
