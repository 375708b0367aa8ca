using System.Security.Cryptography.X509Certificates;
using System.Text;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Certificates and credentials: why one is refused, and what changes in their files while the program runs.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly SecretVolume volume = new();

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_the_reason_in_the_log()
    {
        using X509Certificate2 certificate = TestCertificate.Make("127.0.0.1");
        Assert.Contains("--elasticsearch-ca", await ReasonAsync(certificate, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_the_reason_in_the_log()
    {
        using X509Certificate2 certificate = TestCertificate.Make("127.0.0.9");
        Assert.Contains("other host names", await ReasonAsync(certificate, certificate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_the_reason_in_the_log()
    {
        using X509Certificate2 certificate = TestCertificate.Make("127.0.0.1", days: -1);
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
        using X509Certificate2 first = TestCertificate.Make("127.0.0.1"), second = TestCertificate.Make("127.0.0.1");
        string file = volume.Add(("ca.crt", first.ExportCertificatePem()));
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
        volume.Exchange(("ca.crt", second.ExportCertificatePem()));
        await shipping.SettledAsync();
        Assert.Equal((10, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(5, again.Documents.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_or_password_that_changes_behind_a_link_is_used_without_a_restart(bool key)
    {
        string file = volume.Add(("secret", "first\n"));
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
        volume.Exchange(("secret", "second"));
        fake.Authorizations.Clear();
        shipping.Offer(shipping.Flows.Many(10).Skip(5));
        await shipping.SettledAsync();
        Assert.NotEmpty(fake.Authorizations);
        Assert.All(fake.Authorizations, said => Assert.Equal(Header(key, "second"), said));

        // An empty file in the middle of a change is no key.
        volume.Exchange(("secret", ""));
        shipping.Offer(shipping.Flows.Many(15).Skip(10));
        await shipping.SettledAsync();
        Assert.Equal(Header(key, "second"), fake.Authorizations.Last());
        Assert.True(shipping.Said("Keeping the previous content"));
        Assert.False(shipping.Said("first") || shipping.Said("second"));
    }

    [Fact]
    public void Files_that_can_not_be_used_never_start()
    {
        string file = volume.Add(("empty", "\n"));
        StartException fault = Assert.Throws<StartException>(() => new Shipping("http://127.0.0.1:1", change: options => options.ApiKeyFile = file));
        Assert.Contains("ApiKeyFile", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<StartException>(() => new Shipping("https://127.0.0.1:1", change: options => options.CertificateAuthority = file));
        Assert.Contains("CertificateAuthority", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => volume.Dispose();

    private async Task<string> ReasonAsync(X509Certificate2 certificate, X509Certificate2? authority)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync(certificate: () => certificate);
        string file = authority is null ? "" : volume.Add(("ca.crt", authority.ExportCertificatePem()));
        await using Shipping shipping = new(fake.Url, change: options => options.CertificateAuthority = file, deadline: TimeSpan.FromMilliseconds(50));
        await shipping.StartAsync();
        await Shipping.UntilAsync(() => shipping.Said("is not ready"));
        string line = shipping.Logged.First(line => line.Contains("is not ready", StringComparison.Ordinal));
        Assert.DoesNotContain("see inner exception", line, StringComparison.Ordinal);
        return line;
    }

    private static string Header(bool key, string secret) => key ? $"ApiKey {secret}" : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"us:{secret}"))}";
}
