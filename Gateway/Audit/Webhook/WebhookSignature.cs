using System.Security.Cryptography;
using System.Text;

namespace Gateway.Audit.Webhook;

/// <summary>
/// Lets the receiver know that a body is the gateway's and not an old one sent again: <c>t=SECONDS,v1=HEX</c>, where HEX is the
/// HMAC-SHA-256 of <c>SECONDS.BODY</c>.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "Gateway-Signature";

    public static string Of(string secret, DateTimeOffset time, byte[] body)
    {
        var seconds = time.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{seconds}."), .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
