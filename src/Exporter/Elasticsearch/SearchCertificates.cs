using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Trusted authorities and the own certificate for TLS.</summary>
/// <param name="Authorities">The only trusted authorities; null trusts those of the system.</param>
/// <param name="Client">Our certificate with its key and its issuers; null without one.</param>
internal sealed record TlsIdentity(X509Certificate2Collection? Authorities, SslStreamCertificateContext? Client)
{
    /// <summary>A host that accepts no connection in this time is unavailable: a retry is better than more waiting.</summary>
    private static readonly TimeSpan connect = TimeSpan.FromSeconds(10);

    /// <summary>Sets up connections with these certificates. Redirects are refused, so that credentials go to no other host.</summary>
    public SocketsHttpHandler Configure(SocketsHttpHandler wire, IWebProxy proxy)
    {
        wire.AutomaticDecompression = DecompressionMethods.GZip;
        wire.AllowAutoRedirect = false;
        wire.ConnectTimeout = connect;
        wire.Proxy = proxy;
        if (Authorities is not null) wire.SslOptions.CertificateChainPolicy = PemText.TrustOnly(Authorities);
        if (Client is not null) wire.SslOptions.ClientCertificateContext = Client;
        return wire;
    }
}

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
        authority = Watch(nameof(options.CertificateAuthority), options.CertificateAuthority, content => PemText.Certificates(content), logger);
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

    /// <summary>A renewed certificate comes with a renewed key.</summary>
    private static SslStreamCertificateContext WithKey(byte[] content, string keyFile)
    {
        byte[] key = RegularFile.Read(keyFile, LongestKey);
        PemText.Certificates(content);
        try
        {
            return PemText.WithKey(content, key);
        }
        catch (CryptographicException fault)
        {
            throw new CryptographicException($"{keyFile} does not contain the key of this certificate", fault);
        }
    }
}
