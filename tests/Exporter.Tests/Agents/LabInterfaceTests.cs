using System.Text.Json;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Agents;

/// <summary>Interface counters of a real Open vSwitch, compared with what packet sockets inside the pods counted.</summary>
public sealed class LabInterfaceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("ovn-s1-same"), InlineData("ovn-s1-svc"), InlineData("ovn-s1-ext"), InlineData("ovn-s1-host"), InlineData("ovn-s1-ports")]
    public void Each_interface_has_its_pod_and_the_bytes_and_packets_of_that_pod(string capture)
    {
        string path = Path.Combine(SharedFolder.Repository, "tests", "captures", capture);
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(path + ".truth.json"));
        using JsonDocument inventory = JsonDocument.Parse(File.ReadAllText(path + ".inventory.json"));
        Dictionary<string, (string Pod, InterfaceTotals Totals)> interfaces = Read(path);
        int compared = 0;
        foreach (JsonElement pod in truth.RootElement.GetProperty("pods").EnumerateArray())
        {
            ((long Bytes, long Packets) sent, (long Bytes, long Packets) received) = (Sum(truth, pod, "tx"), Sum(truth, pod, "rx"));
            if (sent.Packets == 0) continue;
            (string name, InterfaceTotals totals) = interfaces[pod.GetProperty("port").GetString()!];
            Assert.Equal(PodOf(inventory, pod.GetProperty("ip4").GetString()!), name);
            Assert.Equal((sent.Bytes, sent.Packets), (totals[InterfaceCounter.BytesIn], totals[InterfaceCounter.UnicastIn]));
            Assert.Equal((received.Bytes, received.Packets), (totals[InterfaceCounter.BytesOut], totals[InterfaceCounter.UnicastOut]));
            Assert.Null(totals[InterfaceCounter.BroadcastIn]);
            compared++;
            output.WriteLine($"{capture}: {totals.Name} of {name}: {sent} sent and {received} received, difference 0");
        }
        Assert.InRange(compared, 2, 5);
        Assert.All(interfaces.Values.Where(one => one.Totals.Name is "ovn-k8s-mp0" or "br-int"), one => Assert.Equal("", one.Pod));
    }

    [Fact]
    public void Without_the_option_no_interface_is_followed()
    {
        CapturePipeline line = CapturePipeline.Over(Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-same.pcap"), new Settings());
        Assert.Empty(line.Agents[0].ReadInterfaces());
        Assert.Equal(0, line.Agents.Interfaces.Followed.Taken);
    }

    /// <summary>By the name of the interface: namespace/name of its pod, or an empty text.</summary>
    private static Dictionary<string, (string Pod, InterfaceTotals Totals)> Read(string path)
    {
        Settings settings = new();
        settings.Identify.Inventory = path + ".inventory.json";
        settings.Agents.InterfaceMetrics = true;
        CapturePipeline line = CapturePipeline.Over(path + ".pcap", settings);
        IEnumerable<InterfaceTotals> all = Enumerable.Range(0, line.Agents.Count).SelectMany(id => line.Agents[id].ReadInterfaces());
        return all.DistinctBy(totals => totals.Name).ToDictionary(totals => totals.Name, totals => (totals.Pod == 0 ? "" : NameOf(line.Registries.Endpoints[totals.Pod]), totals));
    }

    private static string NameOf(FlowEndpoint pod) => $"{pod.Namespace}/{pod.Name}";

    private static (long Bytes, long Packets) Sum(JsonDocument truth, JsonElement pod, string direction)
    {
        JsonElement[] flows = [.. truth.RootElement.GetProperty("flows").EnumerateArray()
            .Where(flow => flow.GetProperty("pod").GetString() == pod.GetProperty("name").GetString() && flow.GetProperty("dir").GetString() == direction)];
        return (flows.Sum(flow => flow.GetProperty("frame_bytes").GetInt64()), flows.Sum(flow => flow.GetProperty("packets").GetInt64()));
    }

    private static string PodOf(JsonDocument inventory, string address) => inventory.RootElement.GetProperty("items").EnumerateArray()
        .Where(item => item.GetProperty("kind").GetString() == "Pod" && item.GetProperty("status").GetProperty("podIP").GetString() == address
            && !(item.GetProperty("spec").TryGetProperty("hostNetwork", out JsonElement host) && host.GetBoolean()))
        .Select(item => $"{item.GetProperty("metadata").GetProperty("namespace").GetString()}/{item.GetProperty("metadata").GetProperty("name").GetString()}").Single();
}
