using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Login.Throttle;

/// <summary>What counts as one client: an IPv4 address, or a /64 of IPv6, of which anybody has a whole one (RFC 6177).</summary>
internal sealed class ClientAddress
{
    private const int NetworkBytes = 8;

    private readonly string address;
    private readonly string network;

    private ClientAddress(string address, string network, bool isLocal) => (this.address, this.network, IsLocal) = (address, network, isLocal);

    /// <summary>Nobody's address: a proxy on this machine that <c>Gateway:TrustedProxies</c> does not name, or the operator.</summary>
    public bool IsLocal { get; }

    /// <summary>SHA-256 of the network in lower-case hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(network)));

    /// <param name="remote">As the trusted proxies tell it; absent when the request came by no network.</param>
    public static ClientAddress Of(IPAddress? remote)
    {
        if (remote is null)
            return new("unknown", "unknown", isLocal: true);
        var plain = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        return new(plain.ToString(), NetworkOf(plain), IPAddress.IsLoopback(plain));
    }

    /// <summary>The whole address, for the log.</summary>
    public override string ToString() => address;

    private static string NetworkOf(IPAddress plain) => plain.AddressFamily == AddressFamily.InterNetworkV6
        ? Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, NetworkBytes)) + "/64"
        : plain.ToString();
}
