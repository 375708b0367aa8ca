using System.Globalization;
using System.Text;
using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Metrics;

/// <summary>The text of a family in both formats: equal values; OpenMetrics adds created times, units and exemplars.</summary>
public sealed class FamilyTextTests
{
    private const long Born = 1_764_410_000_250_000_000;

    private readonly Registries names = new();
    private readonly Family<FlowFamily> family;
    private readonly CountStage worker;
    private readonly ZeroInitialization zero = new(Born);

    public FamilyTextTests()
    {
        family = new Family<FlowFamily>(names, new FamilyLimits(100), Born);
        worker = new FamilySet(family).NewStage();
    }

    [Fact]
    public void Both_formats_have_the_same_values()
    {
        Random random = new(5);
        for (int i = 0; i < 500; i++) Send($"ns-{random.Next(12)}", $"we\"ird\\{random.Next(9)}", (uint)random.Next(64, 9_000), (uint)random.Next(1, 70_000));
        (string plain, _) = Write(openMetrics: false);
        (string open, _) = Write(openMetrics: true);
        string[] expected = [.. plain.Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
        string[] actual = [.. open.Split('\n').Where(line => line.Length > 0 && line[0] != '#' && !line.Contains("_created{", StringComparison.Ordinal)).Select(line => line.Split(" # ")[0])];
        Assert.Equal(expected, actual);
        Assert.Equal(5 * family.Count, expected.Length);
        Assert.Contains("source_namespace=\"ns-1\",destination_namespace=\"we\\\"ird\\\\3\"", plain, StringComparison.Ordinal);
        double bytes = expected.Where(line => line.StartsWith("sflow_flow_bytes_total{", StringComparison.Ordinal)).Sum(line => double.Parse(line.Split("} ")[1], CultureInfo.InvariantCulture));
        Assert.Equal((double)family.Read().Total.Bytes, bytes);
    }

    [Fact]
    public void OpenMetrics_has_created_times_of_the_bytes_and_their_unit()
    {
        Send("shop", "bank", 100, 1);
        (string text, _) = Write(openMetrics: true);
        Assert.Contains("# TYPE sflow_flow_bytes counter\n# UNIT sflow_flow_bytes bytes\n", text, StringComparison.Ordinal);
        Assert.Contains("sflow_flow_bytes_created{source_namespace=\"shop\",destination_namespace=\"bank\",server_service=\"__other__\"} 1764410001.250\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sflow_flow_packets_created", text, StringComparison.Ordinal);
        Assert.DoesNotContain("_created", Write(openMetrics: false).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exemplar_names_the_record_and_the_connection_of_a_recent_sample()
    {
        // The example of the community id's specification.
        Address client = Address.FromIPv4(0x80E8_6E78), server = Address.FromIPv4(0x4223_FACC);
        Send("shop", "bank", 100, 400, flow => flow with
        {
            Facts = PacketFacts.IPv4 | PacketFacts.Tcp | PacketFacts.Ports,
            Protocol = 6,
            Source = client,
            Destination = server,
            SourcePort = 34_855,
            DestinationPort = 80,
            UptimeMilliseconds = 1,
            DatagramSequence = 2,
            IdHigh = 3,
            IdLow = 4,
        });
        string line = Write(openMetrics: true).Text.Split('\n').Single(line => line.StartsWith("sflow_flow_bytes_total{source_namespace=\"shop\"", StringComparison.Ordinal));
        Assert.Matches("} 40000 # {record_id=\"[-_0-9A-Za-z]{22}\",community_id=\"1:LQU9qZlK\\+B5F3KDmev6m5PMibrg=\"} 40000 1764410001\\.250$", line);
    }

    [Fact]
    public void The_values_of_young_series_are_found_and_former_series_do_not_begin_at_zero()
    {
        FamilySet set = new(family);
        CountStage own = set.NewStage();
        for (int i = 0; i < 120; i++) Send($"ns-{i}", "bank", (uint)(100 + i), 1, worker: own);
        for (int second = 1; second < 5; second++)
        {
            Send("heavy", "bank", 5_000, 1, worker: own);
            Assert.True(set.Balance(second * 1_000_000_000L, Born + (second * 1_000_000_000L)));
        }
        (string text, List<NewValue> values) = Write(openMetrics: false);
        HashSet<int> young = [.. values.Select(value => value.Offset)];
        int at = 0, former = 0;
        foreach (string line in text.Split('\n'))
        {
            int number = at + line.LastIndexOf(' ') + 1;
            if (line.StartsWith("sflow_", StringComparison.Ordinal))
            {
                bool isFormer = line.Contains("__former_", StringComparison.Ordinal);
                if (isFormer) former++;
                Assert.Equal(!isFormer, young.Contains(number));
            }
            at += Encoding.UTF8.GetByteCount(line) + 1;
        }
        Assert.Equal(5, former);
    }

    private (string Text, List<NewValue> NewValues) Write(bool openMetrics)
    {
        using MemoryStream text = new();
        List<NewValue> values = [];
        zero.Begin(Born + 2_000_000_000);
        FamilyText writer = new(family);
        writer.Take(zero.Rendering);
        writer.Write(text, openMetrics, zero, values);
        return (Encoding.UTF8.GetString(text.ToArray()), values);
    }

    private void Send(string from, string to, uint bytes, uint rate, Func<Flow, Flow>? change = null, CountStage? worker = null)
    {
        int source = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = from, Name = from }).Id, destination = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = to, Name = to }).Id;
        Flow flow = new() { Counted = true, SourceEndpoint = source, DestinationEndpoint = destination, FrameLength = bytes, SamplingRate = rate, TimestampNanoseconds = Born + 1_000_000_000 };
        (worker ?? this.worker).Process([change is null ? flow : change(flow)]);
    }
}
