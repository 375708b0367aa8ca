using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
    private const long LongestFile = 1 << 24;

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
        try
        {
            return PemText.WithKey(Read(CertificateFile), Read(KeyFile));
        }
        catch (CryptographicException fault)
        {
            throw new WebConfigurationException($"{CertificateFile} and {KeyFile} are not a certificate and its key in PEM: {fault.Message}", fault);
        }
    }

    private static X509ChainPolicy ReadAuthorities(string file)
    {
        try
        {
            return PemText.TrustOnly(PemText.Certificates(Read(file)));
        }
        catch (CryptographicException fault)
        {
            throw new WebConfigurationException($"{file} can't be used: {fault.Message}. It must have the authorities that issue the clients' certificates", fault);
        }
    }

    /// <exception cref="WebConfigurationException">The file can't be read.</exception>
    internal static byte[] Read(string file)
    {
        try
        {
            return RegularFile.Read(file, LongestFile);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new WebConfigurationException(fault.Message, fault);
        }
    }
}
