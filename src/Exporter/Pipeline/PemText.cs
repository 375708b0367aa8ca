using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SFlow.Exporter.Pipeline;

/// <summary>Certificates and keys in PEM, as servers and clients of this program need them.</summary>
internal static class PemText
{
    /// <exception cref="CryptographicException">There is no certificate in it.</exception>
    public static X509Certificate2Collection Certificates(ReadOnlySpan<byte> content)
    {
        X509Certificate2Collection found = [];
        found.ImportFromPem(Encoding.UTF8.GetString(content));
        return found.Count > 0 ? found : throw new CryptographicException("it contains no certificate in PEM format");
    }

    /// <summary>The first certificate, its key, and its issuers: the further certificates. Nothing is fetched from addresses that a certificate names.</summary>
    /// <exception cref="CryptographicException">There is no certificate in it, or the key is not that of the first one.</exception>
    public static SslStreamCertificateContext WithKey(ReadOnlySpan<byte> certificates, ReadOnlySpan<byte> key)
    {
        X509Certificate2Collection chain = Certificates(certificates);
        try
        {
            X509Certificate2 own = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificates), Encoding.UTF8.GetString(key));
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        catch (ArgumentException fault)
        {
            throw new CryptographicException(fault.Message, fault);
        }
    }

    /// <summary>Trusts these authorities and no others. Revocation is not checked: a cluster's own authority publishes no list.</summary>
    public static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
