using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http.WebConfig;

/// <summary>Section <c>tls_server_config</c>.</summary>
/// <param name="CertificateFile">PEM file with the server's certificate, then those of its issuers.</param>
/// <param name="KeyFile">PEM file with the key of the certificate.</param>
/// <param name="Clients">Requirements for client certificates.</param>
/// <param name="ClientAuthorityFile">PEM file with the authorities of clients; null if none is verified.</param>
/// <param name="ClientNames">DNS names and addresses of which a verified client's certificate must have one; empty for any.</param>
/// <param name="Protocols">Versions of TLS.</param>
internal sealed record TlsConfiguration(
    string CertificateFile, string KeyFile, ClientCertificates Clients, string? ClientAuthorityFile, IReadOnlyList<string> ClientNames, SslProtocols Protocols)
{
    /// <summary>Bytes. A bundle of authorities has some 200 KB.</summary>
    public const long LongestFile = 1 << 24;

    /// <summary>Files whose change needs new options.</summary>
    public IEnumerable<string> Files => ClientAuthorityFile is null ? [CertificateFile, KeyFile] : [CertificateFile, KeyFile, ClientAuthorityFile];

    /// <summary>Reads the files, and makes of them what a handshake needs.</summary>
    /// <exception cref="WebConfigurationException">A file can't be read or used.</exception>
    public SslServerAuthenticationOptions ToOptions()
    {
        SslServerAuthenticationOptions options = new()
        {
            ServerCertificateContext = ReadCertificate(),
            EnabledSslProtocols = Protocols,
            ClientCertificateRequired = Clients != ClientCertificates.NoClientCert,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (ClientAuthorityFile is not null) options.CertificateChainPolicy = ReadAuthorities(ClientAuthorityFile);
        if (Clients != ClientCertificates.NoClientCert) options.RemoteCertificateValidationCallback = (_, certificate, _, faults) => Allows(certificate as X509Certificate2, faults);
        return options;
    }

    private bool Allows(X509Certificate2? certificate, SslPolicyErrors faults) => Clients switch
    {
        ClientCertificates.RequestClientCert => true,
        ClientCertificates.RequireAnyClientCert => certificate is not null,
        ClientCertificates.VerifyClientCertIfGiven when certificate is null => true,
        _ => certificate is not null && faults == SslPolicyErrors.None && (ClientNames.Count == 0 || ClientNames.Any(name => HasName(certificate, name))),
    };

    private static bool HasName(X509Certificate2 certificate, string name)
    {
        foreach (X509SubjectAlternativeNameExtension names in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            if (names.EnumerateDnsNames().Contains(name, StringComparer.OrdinalIgnoreCase)) return true;
            if (IPAddress.TryParse(name, out IPAddress? address) && names.EnumerateIPAddresses().Contains(address)) return true;
        }
        return false;
    }

    private SslStreamCertificateContext ReadCertificate()
    {
        string certificate = Read(CertificateFile), key = Read(KeyFile);
        try
        {
            X509Certificate2 leaf = X509Certificate2.CreateFromPem(certificate, key);
            X509Certificate2Collection chain = [];
            chain.ImportFromPem(certificate);
            // Offline: nothing is fetched from addresses that a certificate names.
            return SslStreamCertificateContext.Create(leaf, chain, offline: true);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new WebConfigurationException($"{CertificateFile} and {KeyFile} are not a certificate and its key in PEM: {fault.Message}", fault);
        }
    }

    private static X509ChainPolicy ReadAuthorities(string file)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        try
        {
            policy.CustomTrustStore.ImportFromPem(Read(file));
        }
        catch (CryptographicException fault)
        {
            throw new WebConfigurationException($"{file} has no certificates in PEM: {fault.Message}", fault);
        }
        if (policy.CustomTrustStore.Count == 0) throw new WebConfigurationException($"{file} has no certificates in PEM. It must name the authorities that issue the clients' certificates");
        return policy;
    }

    private static string Read(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(RegularFile.Read(file, LongestFile));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new WebConfigurationException(fault.Message, fault);
        }
    }
}
