using System.Text.Json.Nodes;
using SFlow.Exporter.Demo;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Demo;

/// <summary>The demo is a real and lively capture that says what was really sent.</summary>
public sealed class DemoCaptureTests
{
    private static readonly byte[] capture = ReadCapture();
    private static readonly DemoDatagram[] datagrams = [.. DemoSample.Datagrams(capture)];
    private static readonly DemoSample[] samples = [.. datagrams.SelectMany(DemoSample.Of)];

    [Fact]
    public void Capture_and_inventory_stay_under_3_MB()
    {
        using Stream inventory = DemoCapture.OpenInventory();
        Assert.InRange(capture.Length + inventory.Length, 1_000_000, 2_999_999);
    }

    [Fact]
    public void Every_datagram_goes_to_port_6343_and_comes_from_the_agent_of_a_node()
    {
        Assert.Equal(2, DemoCluster.NodeOfAgent.Count);
        Assert.All(datagrams, it => Assert.Equal(6343, it.DestinationPort));
        Assert.Equal(DemoCluster.NodeOfAgent.Keys.Order(StringComparer.Ordinal), datagrams.Select(it => it.Agent.ToString()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_agents_speak_in_every_second()
    {
        double start = datagrams[0].Time;
        int seconds = (int)(datagrams[^1].Time - start);
        Assert.InRange(seconds, 60, 120);
        foreach (string agent in DemoCluster.NodeOfAgent.Keys)
        {
            HashSet<int> heard = [.. datagrams.Where(it => it.Agent.ToString() == agent).Select(it => (int)(it.Time - start))];
            Assert.Superset(Enumerable.Range(0, seconds).ToHashSet(), heard);
        }
    }

    [Fact]
    public void The_capture_ends_at_the_rate_at_which_it_begins_so_that_it_can_go_round()
    {
        double third = (datagrams[^1].Time - datagrams[0].Time) / 3;
        int first = samples.Count(it => it.Time < datagrams[0].Time + third), last = samples.Count(it => it.Time >= datagrams[^1].Time - third);
        Assert.InRange(Math.Abs(first - last), 0, 4 * Math.Sqrt(first + last));
    }

    [Fact]
    public void Every_address_of_the_cluster_s_ranges_is_in_the_inventory()
    {
        string[] addresses = [.. samples.SelectMany(it => new[] { it.Source, it.Destination }).Distinct()];
        string[] pods = [.. addresses.Where(it => it.StartsWith("10.128.", StringComparison.Ordinal) || it.StartsWith("fd01:", StringComparison.Ordinal))];
        string[] services = [.. addresses.Where(it => it.StartsWith("172.30.", StringComparison.Ordinal) || it.StartsWith("fd02:", StringComparison.Ordinal))];
        Assert.True(pods.Length > 40 && services.Length > 12, $"{pods.Length} pod addresses and {services.Length} Service addresses");
        Assert.All(pods, it => Assert.True(HomeOf(it) is not null || DemoCluster.Routers.Contains(it), it));
        Assert.All(services, it => Assert.Contains(it, DemoCluster.ServiceAddresses));
    }

    /// <summary>Samples at the sender's own node estimate the packets that a witness counted at the sender's link, each sender apart.</summary>
    [Fact]
    public void Estimates_at_the_sender_s_node_hold_the_truth()
    {
        JsonNode truth = JsonNode.Parse(File.ReadAllText(Path.Combine(SharedFolder.Repository, "tests", "Exporter.Tests", "Demo", "demo.truth.json")))!;
        Assert.Equal(0, (int)truth["drops"]!);
        double rate = (double)truth["sampling"]!;
        Assert.All(samples, it => Assert.Equal(rate, it.Rate));

        var sent = truth["flows"]!.AsArray().Where(it => (string)it!["source"]! != "")
            .GroupBy(it => (string)it!["source"]!).ToDictionary(it => it.Key, it => (Packets: it.Sum(row => (long)row!["packets"]!), Bytes: it.Sum(row => (long)row!["frame_bytes"]!)));
        var estimated = samples.Where(it => HomeOf(it.Source) == DemoCluster.NodeOfAgent[it.Agent])
            .GroupBy(it => it.Source).ToDictionary(it => it.Key, it => (Packets: it.Sum(s => s.Rate), Bytes: it.Sum(s => s.Rate * s.FrameBytes)));

        Assert.True(sent.Count > 40, $"{sent.Count} senders");
        foreach ((string source, (long packets, _)) in sent)
        {
            double deviation = Math.Sqrt(packets * rate), estimate = estimated.GetValueOrDefault(source).Packets;
            Assert.True(Math.Abs(estimate - packets) < 5 * deviation + 2 * rate, $"{source} sent {packets}, estimated {estimate}");
        }
        Assert.InRange(estimated.Values.Sum(it => it.Packets) / (double)sent.Values.Sum(it => it.Packets), .97, 1.03);
        Assert.InRange(estimated.Values.Sum(it => it.Bytes) / (double)sent.Values.Sum(it => it.Bytes), .97, 1.03);
    }

    [Fact]
    public void What_crosses_from_node_to_node_is_sampled_on_both()
    {
        DemoSample[] away = [.. samples.Where(it => HomeOf(it.Source) is { } home && home != DemoCluster.NodeOfAgent[it.Agent])];
        Assert.True(away.Length > 500, $"{away.Length}");
        Assert.All(away, it => Assert.True(it.Tunnelled));
    }

    [Theory]
    [InlineData("a query to the DNS Service", "172.30.0.10", 17, 53)]
    [InlineData("a query to the DNS Service by IPv6", "fd02::a", 17, 53)]
    [InlineData("an etcd client", "192.168.100.12", 6, 2379)]
    [InlineData("a scrape of kubelet", "192.168.100.11", 6, 10250)]
    [InlineData("a call of the API server", "172.30.0.1", 6, 443)]
    [InlineData("a page of the internet", "93.184.215.14", 6, 443)]
    [InlineData("a ping of the internet", "8.8.8.8", 1, 0)]
    [InlineData("a shop's Service by IPv6", "fd02::9:22", 6, 80)]
    public void The_demo_shows(string what, string destination, int protocol, int port)
    {
        Assert.True(samples.Any(it => it.Destination == destination && it.Protocol == protocol && it.DestinationPort == port), what);
    }

    [Theory]
    [InlineData("openshift-dns", 17, 5353)]
    [InlineData("openshift-monitoring", 6, 3000)]
    [InlineData("openshift-ingress", 6, 443)]
    public void The_demo_shows_answers_of(string space, int protocol, int port)
    {
        HashSet<string> pods = [.. DemoCluster.OfKind("Pod").Where(it => DemoCluster.Namespace(it) == space).Select(it => (string)it["status"]!["podIP"]!)];
        Assert.Contains(samples, it => pods.Contains(it.Source) && it.Protocol == protocol && it.SourcePort == port);
    }

    private static string? HomeOf(string address) =>
        DemoCluster.HomeOfPod.GetValueOrDefault(address) ?? DemoCluster.NodeOfAgent.GetValueOrDefault(address);

    private static byte[] ReadCapture()
    {
        using Stream stream = DemoCapture.OpenCapture();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
