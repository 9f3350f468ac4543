using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tests.Hosting.Engines;

/// <summary>An organisation's own certificate authority, which no system trusts unless told, and files with what it issued.</summary>
internal sealed class Authority : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly X509Certificate2 root;

    public Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(RootFile, root.ExportCertificatePem());
    }

    public string RootFile => folder.File("ca.crt");

    /// <summary>The files of a certificate for a server of this name, and of its key.</summary>
    public (string Certificate, string Key) Issue(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        var files = (Certificate: folder.File($"{host}.crt"), Key: folder.File($"{host}.key"));
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    public void Dispose()
    {
        root.Dispose();
        folder.Dispose();
    }
}
