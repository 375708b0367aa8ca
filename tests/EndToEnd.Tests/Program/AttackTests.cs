using System.Net;
using System.Net.Sockets;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Program;

/// <summary>Whoever can send a datagram to the running program can't keep agents out, nor make its figures absurd.</summary>
public sealed class AttackTests
{
    private const string Inventory = """
        {"kind":"List","items":[
          {"kind":"Node","metadata":{"name":"alpha","annotations":{"k8s.ovn.org/node-subnets":"{\"default\":\"10.91.3.0/24\"}"}},"status":{"addresses":[{"type":"InternalIP","address":"172.29.4.1"}]}},
          {"kind":"Node","metadata":{"name":"beta","annotations":{"k8s.ovn.org/node-subnets":"{\"default\":\"10.91.4.0/24\"}"}},"status":{"addresses":[{"type":"InternalIP","address":"172.29.4.2"}]}}]}
        """;

    [Fact]
    public async Task Forged_agents_keep_no_node_out()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Inventory, TestContext.Current.CancellationToken);
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--inventory", file);
        using Socket forger = From("127.0.0.66", exporter.Port), alpha = From("127.0.0.2", exporter.Port), beta = From("127.0.0.3", exporter.Port);
        for (uint i = 0; i < 6_000; i++)
        {
            forger.Send(Datagram(new IPAddress(new byte[] { 198, 18, (byte)(i >> 8), (byte)i }), 1, subAgent: 0));
            forger.Send(Datagram(IPAddress.Parse("172.29.4.1"), 1, subAgent: 10 + i));
            if (i % 50 == 49) await Task.Delay(2, TestContext.Current.CancellationToken);
        }
        // mp0 of one node, and the other one's own address.
        for (uint i = 1; i <= 10; i++)
        {
            alpha.Send(Datagram(IPAddress.Parse("10.91.3.2"), i, subAgent: 0));
            beta.Send(Datagram(IPAddress.Parse("172.29.4.2"), i, subAgent: 0));
        }
        Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics =>
            metrics.GetValueOrDefault("sflow_agent_datagrams_total{agent=\"10.91.3.2\",sub_agent=\"0\",observer_node=\"alpha\"}") == 10
            && metrics.GetValueOrDefault("sflow_agent_datagrams_total{agent=\"172.29.4.2\",sub_agent=\"0\",observer_node=\"beta\"}") == 10);
        Assert.InRange(metrics["sflow_exporter_datagrams_dropped_total{reason=\"agent_not_allowed\"}"], 5_000, 6_000);
        Assert.InRange(metrics["sflow_exporter_datagrams_dropped_total{reason=\"too_many_agents\"}"], 5_000, 6_000);
        Assert.InRange(metrics["sflow_exporter_agents"], 3, 19);
        Assert.Equal(0, await exporter.StopAsync());
        File.Delete(file);
    }

    [Fact]
    public async Task One_forged_datagram_counts_no_more_than_an_agent_carries_in_a_second()
    {
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run");
        using Socket forger = From("127.0.0.66", exporter.Port);
        for (uint i = 1; i <= 50; i++) forger.Send(Datagram(IPAddress.Parse("10.91.3.2"), i, 0, rate: 16_000_000, frame: 60_000, samples: 400));
        Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics => metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"] == 50 * 400);
        double bytes = metrics.Where(metric => metric.Key.StartsWith("sflow_flow_bytes_total{", StringComparison.Ordinal)).Sum(metric => metric.Value);
        Assert.InRange(bytes, 0, 4e12);
        Assert.InRange(metrics["sflow_exporter_samples_not_counted_total{reason=\"bandwidth_too_high\"}"], 19_990, 20_000);
    }

    private static Socket From(string address, int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static byte[] Datagram(
        IPAddress agent, uint sequence, uint subAgent, uint uptime = 5_000, uint rate = 400, uint frame = 1_000, int samples = 1, byte content = 0x11)
    {
        DatagramBuilder datagram = new() { Agent = agent, SubAgentId = subAgent, Sequence = sequence, Uptime = uptime };
        byte[] header = new byte[60];
        Array.Fill(header, content);
        for (int i = 0; i < samples; i++)
            datagram.Add(new FlowSampleBuilder { SamplingRate = rate, Sequence = sequence, SamplePool = sequence * rate }.AddHeader(header, frameLength: frame));
        return datagram.Build();
    }
}
