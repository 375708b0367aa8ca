using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Observe;

public sealed class ObserveStageTests
{
    private const long Second = 1_000_000_000;
    private readonly Registries names = new();
    private readonly WorkerCounters counters = new();
    private readonly Node one, two;
    private readonly FlowEndpoint podOnOne, mp0OfOne, outside, service, address;

    public ObserveStageTests()
    {
        one = names.Nodes.Intern("one", null, 0);
        two = names.Nodes.Intern("two", null, 0);
        podOnOne = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "shop", Name = "pod", HostNode = one.Id });
        mp0OfOne = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Node, Label = ReservedLabels.Node, HostNode = one.Id, Node = one.Id });
        address = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Node, Label = ReservedLabels.Node, Node = one.Id });
        outside = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Internet, Label = ReservedLabels.Internet });
        service = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Service, Label = "shop", Name = "web" });
    }

    [Fact]
    public void A_packet_counts_at_the_home_of_its_source() => Assert.Equal((Observation.Source, true), Seen(podOnOne, one.Id, 0));

    [Fact]
    public void The_second_sample_of_a_packet_does_not_count_while_the_home_agent_exports()
    {
        one.Hear(200 * Second);
        Assert.Equal((Observation.Destination, false), Seen(podOnOne, two.Id, 289 * Second));
    }

    [Fact]
    public void A_silent_home_agent_makes_the_other_sample_the_witness()
    {
        one.Hear(200 * Second);
        Assert.Equal((Observation.Fallback, true), Seen(podOnOne, two.Id, 290 * Second));
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_known_node_is_presumed_to_export_for_a_minute_after_our_start(int second, bool presumed) =>
        Assert.Equal(presumed ? Observation.Destination : Observation.Fallback, Seen(podOnOne, two.Id, second * Second).Item1);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Over_a_whole_capture_any_datagram_of_the_agent_will_do(long heard, bool exports)
    {
        one.Hear(heard);
        Assert.Equal(exports ? Observation.Destination : Observation.Fallback, Seen(podOnOne, two.Id, 5, ExportRule.WholeCapture).Item1);
    }

    [Fact]
    public void A_source_without_home_counts_wherever_it_is_seen() => Assert.Equal((Observation.Outside, true), Seen(outside, two.Id, 0));

    [Fact]
    public void An_agent_that_is_no_node_counts_all_it_sees() => Assert.Equal((Observation.Outside, true), Seen(podOnOne, -1, 0));

    [Fact]
    public void A_faulty_sample_counts_nowhere()
    {
        Flow[] records = [new Flow { SourceEndpoint = podOnOne.Id, ObserverNode = one.Id, Fault = SampleFault.ZeroSamplingRate }];
        Stage(ExportRule.Live(0)).Process(records);
        Assert.False(records[0].Counted);
    }

    [Fact]
    public void Our_own_sFlow_traffic_is_left_out()
    {
        FlowEndpoint join = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Ovn, Label = ReservedLabels.Ovn });
        int collector = names.Services.Intern("sflow/sflow-exporter:sflow"), dns = names.Services.Intern("openshift-dns/dns-default:dns");
        (Flow Packet, Observation Expected)[] seen =
        [
            (Packet(mp0OfOne, 40_000, outside, 6343, 17), Observation.Own),
            (Packet(address, 40_000, outside, 16_999, 17), Observation.Own),
            (Packet(join, 40_000, podOnOne, 6343, 17), Observation.Own),
            (Packet(address, 40_000, outside, 6343, 17) with { Facts = PacketFacts.IPv6 | PacketFacts.Ports }, Observation.Own),
            // The Service has a port of its own, which only its backend's side translates.
            (Packet(mp0OfOne, 40_000, service, 9_999, 17) with { DestinationService = collector, DestinationRole = PortRole.Service }, Observation.Source),
            (Packet(mp0OfOne, 40_000, podOnOne, 16_999, 17) with { DestinationService = collector, DestinationRole = PortRole.Endpoint }, Observation.Own),
            (Packet(mp0OfOne, 40_000, service, 9_999, 17) with { DestinationService = collector, DestinationRole = PortRole.Service }, Observation.Own),
            (Packet(mp0OfOne, 40_000, service, 53, 17) with { DestinationService = dns, DestinationRole = PortRole.Service }, Observation.Source),
            (Packet(mp0OfOne, 40_000, outside, 6343, 6), Observation.Source),
            (Packet(podOnOne, 40_000, outside, 6343, 17), Observation.Source),
            (Packet(mp0OfOne, 6_343, outside, 40_000, 17), Observation.Source),
        ];
        Flow[] records = [.. seen.Select(one => one.Packet)];
        Stage(ExportRule.Live(0)).Process(records);
        Assert.Equal(seen.Select(one => one.Expected), records.Select(record => record.Observation));
        Assert.All(records, record => Assert.Equal(record.Observation != Observation.Own, record.Counted));
        Assert.Equal(seen.Count(one => one.Expected == Observation.Own), counters[Observation.Own]);
    }

    [Fact]
    public void What_the_controller_sends_again_was_counted_when_the_pod_sent_it()
    {
        Flow again = Packet(podOnOne, 40_000, outside, 443, 6) with { InputValue = 0 };
        Flow tunnelled = again with { Facts = again.Facts | PacketFacts.TunnelIngress };
        Flow request = again with { SourceEndpoint = outside.Id };
        Flow[] records = [again, tunnelled, request, again with { ObserverNode = two.Id }];
        Stage(ExportRule.Live(0)).Process(records);
        Assert.Equal([Observation.PacketOut, Observation.Source, Observation.Outside, Observation.Destination], records.Select(record => record.Observation));
        Assert.Equal([false, true, true, false], records.Select(record => record.Counted));
    }

    [Theory]
    [InlineData(6, 9090, "@tcp/9090")]
    [InlineData(17, 5353, "@udp/5353")]
    [InlineData(6, 1023, "@tcp/1023")]
    [InlineData(6, 59_997, "@other")]
    [InlineData(132, 36_412, "@sctp/36412")]
    public void Ports_without_a_Service_are_named_when_low_declared_or_registered(byte protocol, int port, string label)
    {
        Flow[] records = [Packet(outside, 65_000, podOnOne, (ushort)port, protocol)];
        Stage(ExportRule.Live(0)).Process(records);
        Assert.Equal(label, names.Services[records[0].ServerService]);
    }

    private (Observation, bool) Seen(FlowEndpoint source, int observer, long at, ExportRule? rule = null)
    {
        Flow[] records = [new Flow { SourceEndpoint = source.Id, ObserverNode = observer, TimestampNanoseconds = at, SteadyNanoseconds = at, SamplingRate = 1, InputValue = 3 }];
        Stage(rule ?? ExportRule.Live(0)).Process(records);
        return (records[0].Observation, records[0].Counted);
    }

    private Flow Packet(FlowEndpoint source, ushort sourcePort, FlowEndpoint destination, ushort destinationPort, byte protocol) => new()
    {
        SourceEndpoint = source.Id,
        DestinationEndpoint = destination.Id,
        ObserverNode = one.Id,
        InputValue = 3,
        Facts = PacketFacts.IPv4 | PacketFacts.Ports,
        Protocol = protocol,
        SourcePort = sourcePort,
        DestinationPort = destinationPort,
        SamplingRate = 1,
    };

    private ObserveStage Stage(ExportRule rule) => new(names, rule, new PortLabels(names.Services, names.DoubtfulPorts), new ListeningHistory(new ObserveOptions()), new ServiceSet(), counters, 16_999);
}
