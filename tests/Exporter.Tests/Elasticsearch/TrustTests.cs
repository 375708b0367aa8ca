using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Certificates and credentials: why one is refused, and what changes in their files while the program runs.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-trust-");

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_the_reason_in_the_log()
    {
        using X509Certificate2 certificate = Make("127.0.0.1");
        Assert.Contains("--elasticsearch-ca", await ReasonAsync(certificate, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_the_reason_in_the_log()
    {
        using X509Certificate2 certificate = Make("127.0.0.9");
        Assert.Contains("other host names", await ReasonAsync(certificate, certificate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_the_reason_in_the_log()
    {
        using X509Certificate2 certificate = Make("127.0.0.1", days: -1);
        Assert.Contains("expired", await ReasonAsync(certificate, certificate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_TLS_is_no_riddle()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        await using Shipping shipping = new(fake.Url.Replace("http:", "https:", StringComparison.Ordinal), deadline: TimeSpan.FromMilliseconds(50));
        await shipping.StartAsync();
        await Shipping.UntilAsync(() => shipping.Said("is not ready"));
        string line = shipping.Logged.First(line => line.Contains("is not ready", StringComparison.Ordinal));
        Assert.DoesNotContain("see inner exception", line, StringComparison.Ordinal);
        Assert.Contains("SSL connection could not be established: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_changes_behind_a_link_is_trusted_without_a_restart()
    {
        using X509Certificate2 first = Make("127.0.0.1"), second = Make("127.0.0.1");
        string file = Volume(("ca.crt", first.ExportCertificatePem()));
        X509Certificate2 shown = first;
        await using FakeSearch fake = await FakeSearch.StartAsync(certificate: () => shown);
        await using Shipping shipping = new(fake.Url, change: options => options.CertificateAuthority = file);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(5));
        await shipping.SettledAsync();
        int port = new Uri(fake.Url).Port;
        await fake.DisposeAsync();
        shown = second;
        await using FakeSearch again = await FakeSearch.StartAsync(port, () => shown);
        shipping.Offer(shipping.Flows.Many(10).Skip(5));
        await Shipping.UntilAsync(() => shipping.Said("is not trusted") || shipping.Said("UntrustedRoot"));
        Exchange(("ca.crt", second.ExportCertificatePem()));
        await shipping.SettledAsync();
        Assert.Equal((10, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(5, again.Documents.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_or_password_that_changes_behind_a_link_is_used_without_a_restart(bool key)
    {
        string file = Volume(("secret", "first\n"));
        await using FakeSearch fake = await FakeSearch.StartAsync();
        await using Shipping shipping = new(fake.Url, change: options =>
        {
            if (key) options.ApiKeyFile = file;
            else (options.Username, options.PasswordFile) = ("us", file);
        });
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(5));
        await shipping.SettledAsync();
        Assert.All(fake.Authorizations, said => Assert.Equal(Header(key, "first"), said));
        Exchange(("secret", "second"));
        fake.Authorizations.Clear();
        shipping.Offer(shipping.Flows.Many(10).Skip(5));
        await shipping.SettledAsync();
        Assert.Equal([Header(key, "second")], fake.Authorizations);

        // An empty file in the middle of a change is no key.
        Exchange(("secret", ""));
        shipping.Offer(shipping.Flows.Many(15).Skip(10));
        await shipping.SettledAsync();
        Assert.Equal(Header(key, "second"), fake.Authorizations.Last());
        Assert.True(shipping.Said("Keeping the previous content"));
        Assert.False(shipping.Said("first") || shipping.Said("second"));
    }

    [Fact]
    public void Files_that_can_not_be_used_never_start()
    {
        string file = Path.Combine(folder.FullName, "empty");
        File.WriteAllText(file, "\n");
        StartException fault = Assert.Throws<StartException>(() => new Shipping("http://127.0.0.1:1", change: options => options.ApiKeyFile = file));
        Assert.Contains("ApiKeyFile", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<StartException>(() => new Shipping("https://127.0.0.1:1", change: options => options.CertificateAuthority = file));
        Assert.Contains("CertificateAuthority", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string> ReasonAsync(X509Certificate2 certificate, X509Certificate2? authority)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync(certificate: () => certificate);
        string file = authority is null ? "" : Volume(("ca.crt", authority.ExportCertificatePem()));
        await using Shipping shipping = new(fake.Url, change: options => options.CertificateAuthority = file, deadline: TimeSpan.FromMilliseconds(50));
        await shipping.StartAsync();
        await Shipping.UntilAsync(() => shipping.Said("is not ready"));
        string line = shipping.Logged.First(line => line.Contains("is not ready", StringComparison.Ordinal));
        Assert.DoesNotContain("see inner exception", line, StringComparison.Ordinal);
        return line;
    }

    /// <summary>Files as Kubernetes mounts them: links into a folder that is exchanged as a whole, all of the same time.</summary>
    private string Volume((string Name, string Content) file)
    {
        Exchange(file);
        string link = Path.Combine(folder.FullName, file.Name);
        File.CreateSymbolicLink(link, Path.Combine("..data", file.Name));
        return link;
    }

    private void Exchange((string Name, string Content) file)
    {
        DirectoryInfo version = folder.CreateSubdirectory($"..{Guid.NewGuid():N}");
        string path = Path.Combine(version.FullName, file.Name), data = Path.Combine(folder.FullName, "..data");
        File.WriteAllText(path, file.Content);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        File.Delete(data);
        File.CreateSymbolicLink(data, version.Name);
    }

    private static string Header(bool key, string secret) => key ? $"ApiKey {secret}" : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"us:{secret}"))}";

    private static X509Certificate2 Make(string address, int days = 2)
    {
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN=search-{Guid.NewGuid():N}", own, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
