using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Trusted authorities and the own certificate for TLS.</summary>
/// <param name="Authorities">The only trusted authorities; null trusts those of the system.</param>
/// <param name="Client">Our certificate with its key and its issuers; null without one.</param>
internal sealed record TlsIdentity(X509Certificate2Collection? Authorities, SslStreamCertificateContext? Client);

/// <summary>Certificates for the connection, from PEM files that are read again when they change.</summary>
internal sealed class SearchCertificates
{
    /// <summary>Bytes.</summary>
    private const int LongestKey = 1 << 16;

    private readonly WatchedFile<X509Certificate2Collection>? authority;
    private readonly WatchedFile<SslStreamCertificateContext>? client;
    private TlsIdentity current;

    /// <exception cref="StartException">A file can't be used.</exception>
    public SearchCertificates(ElasticsearchOptions options, ILogger logger)
    {
        authority = Watch(nameof(options.CertificateAuthority), options.CertificateAuthority, Certificates, logger);
        client = Watch(nameof(options.ClientCertificate), options.ClientCertificate, content => WithKey(content, options.ClientKey), logger);
        current = new TlsIdentity(authority?.Current(), client?.Current());
    }

    /// <summary>As the files are now. The same object as long as they do not change. One thread at a time.</summary>
    public TlsIdentity Current
    {
        get
        {
            TlsIdentity now = new(authority?.Current(), client?.Current());
            return now == current ? current : current = now;
        }
    }

    public static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static WatchedFile<T>? Watch<T>(string setting, string file, Func<byte[], T> read, ILogger logger) where T : class
    {
        if (file.Length == 0) return null;
        WatchedFile<T> watched = new(file, read, why => logger.FileRejected(setting, why));
        try
        {
            watched.Current();
        }
        catch (IOException fault)
        {
            throw new StartException($"Elasticsearch:{setting}: {file} can't be used: {fault.Message}", fault);
        }
        return watched;
    }

    private static X509Certificate2Collection Certificates(byte[] content)
    {
        X509Certificate2Collection found = [];
        found.ImportFromPem(Encoding.UTF8.GetString(content));
        return found.Count > 0 ? found : throw new CryptographicException("it contains no certificate in PEM format");
    }

    /// <summary>The first certificate is ours, further ones are its issuers. A renewed certificate comes with a renewed key.</summary>
    private static SslStreamCertificateContext WithKey(byte[] content, string keyFile)
    {
        X509Certificate2Collection chain = Certificates(content);
        try
        {
            X509Certificate2 own = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(content), Encoding.UTF8.GetString(RegularFile.Read(keyFile, LongestKey)));
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            throw new CryptographicException($"{keyFile} does not contain the key of this certificate", fault);
        }
    }
}
