using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Packages;

/// <summary>Two connected sockets.</summary>
internal sealed class LoopbackPair(Socket near, Socket far) : IDisposable
{
    public Socket Near => near;

    public Socket Far => far;

    public static async Task<LoopbackPair> ConnectAsync()
    {
        using var limit = Deadline.Start();
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var near = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(listener.LocalEndPoint!, limit.Token);
        return new LoopbackPair(near, await listener.AcceptAsync(limit.Token));
    }

    /// <summary>TLS between the two, with a certificate that exists in memory only.</summary>
    public async Task<(SslStream Near, SslStream Far)> SecureAsync()
    {
        using var limit = Deadline.Start();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var nearStream = new SslStream(new NetworkStream(Near));
        var farStream = new SslStream(new NetworkStream(Far));
        await Task.WhenAll(
            farStream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, limit.Token),
            nearStream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown as X509Certificate2),
                },
                limit.Token));
        return (nearStream, farStream);
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
