using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SFlow.Exporter.Elasticsearch.Setup;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Several endpoints of one cluster: a failed one costs no record and no wait, and gets requests again when it is back.</summary>
public sealed class EndpointTests
{
    [Fact]
    public async Task A_dead_first_endpoint_costs_no_record_and_no_wait()
    {
        await using FakeSearch second = await FakeSearch.StartAsync();
        await using Shipping shipping = new($"http://127.0.0.1:{FreePort()},{second.Url}");
        await shipping.StartAsync();
        DateTime start = DateTime.UtcNow;
        shipping.Offer(shipping.Flows.Many(200));
        await shipping.SettledAsync();
        Assert.Equal((200, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(200, second.Documents.Count);
        Assert.InRange(DateTime.UtcNow - start, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.True(shipping.State.IsUp);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(0)]
    public async Task Trouble_of_one_endpoint_goes_to_the_next(int status)
    {
        await using FakeSearch first = await FakeSearch.StartAsync(), second = await FakeSearch.StartAsync(cluster: first);
        first.Refuse = (_, _) => status == 0 ? Refusal.Abort : new Refusal(status);
        await ShipAsync([first, second], 3);
        Assert.Equal(300, first.Documents.Count);
        Assert.Equal(1, first.Bulks);
    }

    [Theory]
    [InlineData(429, "{}")]
    [InlineData(429, "<html>Too many requests</html>")]
    [InlineData(413, "<html>Request entity too large</html>")]
    [InlineData(403, "<html>Forbidden</html>")]
    [InlineData(404, null)]
    public async Task An_endpoint_that_refuses_a_request_is_not_left_out(int status, string? body)
    {
        await using FakeSearch first = await FakeSearch.StartAsync(), second = await FakeSearch.StartAsync(cluster: first);
        first.Refuse = (number, _) => number == 0 ? new Refusal(status, RetryAfter: "0", Body: body) : null;
        await ShipAsync([first, second], 6);
        Assert.Equal(600, first.Documents.Count);
        // The endpoints take turns. One that is left out gets nothing for five seconds, which is longer than this takes.
        Assert.InRange(first.Bulks, 3, second.Bulks + 1);
    }

    [Fact]
    public async Task An_endpoint_that_comes_back_gets_requests_again()
    {
        int port = FreePort();
        await using FakeSearch second = await FakeSearch.StartAsync();
        await using Shipping shipping = new($"http://127.0.0.1:{port},{second.Url}");
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(100));
        await shipping.SettledAsync();
        await using FakeSearch first = await FakeSearch.StartAsync(port, cluster: second);
        int records = 100;
        await Shipping.UntilAsync(() =>
        {
            if (first.Bulks > 0) return true;
            shipping.Offer(shipping.Flows.Many(records + 100).Skip(records));
            records += 100;
            return false;
        }, pause: 200);
        await shipping.SettledAsync();
        Assert.Equal((records, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(records, first.Documents.Count);
    }

    [Fact]
    public async Task Records_wait_while_every_endpoint_is_away()
    {
        await using FakeSearch first = await FakeSearch.StartAsync(), second = await FakeSearch.StartAsync(cluster: first);
        bool away = true;
        first.Refuse = second.Refuse = (_, _) => away ? new Refusal(503) : null;
        await using Shipping shipping = new($"{first.Url},{second.Url}");
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(100));
        await Shipping.UntilAsync(() => first.Bulks > 0 && second.Bulks > 0);
        await Task.Delay(1_000);
        // Each endpoint once at once, then with growing delays: a loop without a wait would be hundreds.
        Assert.InRange(first.Bulks + second.Bulks, 2, 12);
        Assert.Contains(shipping.Logged, line => line.Contains($":{new Uri(first.Url).Port}: status 503", StringComparison.Ordinal) || line.Contains($":{new Uri(second.Url).Port}: status 503", StringComparison.Ordinal));
        away = false;
        await shipping.SettledAsync();
        Assert.Equal((100, 0, 0, 0), shipping.Outcomes);
    }

    [Fact]
    public async Task A_client_certificate_is_presented_and_read_again_when_it_changes()
    {
        using X509Certificate2 server = TestCertificate.Make("127.0.0.1"), first = TestCertificate.Make("127.0.0.1"), second = TestCertificate.Make("127.0.0.1");
        using SecretVolume volume = new();
        (string Name, string Content)[] Files(X509Certificate2 own) =>
            [("tls.crt", own.ExportCertificatePem()), ("tls.key", TestCertificate.Key(own)), ("ca.crt", server.ExportCertificatePem())];
        volume.Add(Files(first));
        X509Certificate2 expected = first;
        await using FakeSearch fake = await FakeSearch.StartAsync(certificate: () => server, client: () => expected);
        await using Shipping shipping = new(fake.Url, change: options =>
            (options.ClientCertificate, options.ClientKey, options.CertificateAuthority) = (volume.Of("tls.crt"), volume.Of("tls.key"), volume.Of("ca.crt")));
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(10));
        await shipping.SettledAsync();
        expected = second;
        volume.Exchange(Files(second));
        shipping.Offer(shipping.Flows.Many(20).Skip(10));
        await shipping.SettledAsync();
        Assert.Equal((20, 0, 0, 0), shipping.Outcomes);
        Assert.DoesNotContain(shipping.Logged, line => line.Contains("PRIVATE", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_of_another_certificate_never_starts()
    {
        using X509Certificate2 own = TestCertificate.Make("127.0.0.1"), other = TestCertificate.Make("127.0.0.1");
        using SecretVolume volume = new();
        volume.Add(("tls.crt", own.ExportCertificatePem()), ("tls.key", TestCertificate.Key(other)));
        SFlow.Exporter.Pipeline.StartException fault = Assert.Throws<SFlow.Exporter.Pipeline.StartException>(() => new Shipping("https://127.0.0.1:1", change: options =>
            (options.ClientCertificate, options.ClientKey) = (volume.Of("tls.crt"), volume.Of("tls.key"))));
        Assert.Contains("ClientCertificate", fault.Message, StringComparison.Ordinal);
        Assert.Contains("tls.key", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("elasticsearch-7", "/_ilm/policy/sflow-flows", false)]
    [InlineData("elasticsearch-9", "/_ilm/policy/sflow-flows", true)]
    [InlineData("opensearch-3", "/_plugins/_ism/policies/sflow-flows", false)]
    [InlineData("serverless", "", false)]
    public async Task A_profile_that_is_set_is_not_asked_for(string profile, string policy, bool hasMode)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        await using Shipping shipping = new(fake.Url, change: options => options.Profile = profile);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(5));
        await shipping.SettledAsync();
        Assert.Equal((5, 0, 0, 0), shipping.Outcomes);
        Assert.DoesNotContain("GET /", fake.Requests);
        Assert.Equal(policy.Length > 0, fake.Templates.Contains(policy));
        Assert.DoesNotContain(fake.Templates, path => path != policy && (path.Contains("_ilm", StringComparison.Ordinal) || path.Contains("_ism", StringComparison.Ordinal)));
        Assert.Equal(hasMode, fake.Template("/_component_template/sflow-flow-settings")["template"]!["settings"]!["index"]!["mode"] is not null);
    }

    private static async Task ShipAsync(FakeSearch[] servers, int bodies)
    {
        await using Shipping shipping = new(string.Join(',', servers.Select(server => server.Url)));
        await shipping.StartAsync();
        for (int i = 0; i < bodies; i++)
        {
            shipping.Offer(shipping.Flows.Many(100 * (i + 1)).Skip(100 * i));
            await shipping.SettledAsync();
        }
        Assert.Equal((100 * bodies, 0, 0, 0), shipping.Outcomes);
    }

    /// <summary>A port that nothing listens on.</summary>
    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
