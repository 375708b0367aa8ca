using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SFlow.EndToEnd.Tests.Http;

/// <summary>An authority of the test's own, and what it issues.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2"), ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Certificates(string name)
    {
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(9));
    }

    public X509Certificate2 Authority { get; }

    /// <summary>Issues a certificate for this DNS name and 127.0.0.1.</summary>
    public (string Certificate, string Key) Issue(string name, bool client)
    {
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([client ? ClientAuthentication : ServerAuthentication], false));
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(Authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(8), RandomNumberGenerator.GetBytes(8));
        return (issued.ExportCertificatePem(), own.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A client that trusts this authority alone, with a certificate of <paramref name="issuer"/> if there is one.</summary>
    public HttpClient Client(Uri address, Certificates? issuer = null, string name = "prometheus.example.test")
    {
        SocketsHttpHandler handler = new();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(Authority);
        if (issuer is not null)
        {
            (string certificate, string own) = issuer.Issue(name, client: true);
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPem(certificate, own)];
        }
        return new HttpClient(handler) { BaseAddress = address };
    }

    public void Dispose()
    {
        Authority.Dispose();
        key.Dispose();
    }
}
