using SFlow.Exporter.Pipeline;
using SFlow.Exporter.TcpAck;
using static SFlow.Exporter.Tests.TcpAck.PodSide;

namespace SFlow.Exporter.Tests.TcpAck;

public sealed class TcpAckStageTests
{
    private readonly PodSide side = new();

    [Fact]
    public void The_numbers_of_SYN_and_FIN_are_no_bytes()
    {
        // The pod is asked: the other end's SYN is number 500, its 1,000 bytes are 501 to 1500, its FIN is 1501.
        Assert.Equal(0u, side.Take(7_000, 501, Syn | Ack));
        Assert.Equal(599u, side.Take(7_001, 1_101));
        Assert.Equal(401u, side.Take(7_001, 1_502));
        Assert.Equal(0u, side.Take(7_001, 1_502, Fin | Ack));
    }

    [Fact]
    public void Numbers_wrap_and_the_span_goes_on()
    {
        side.Take(uint.MaxValue - 20, uint.MaxValue - 99);
        Assert.Equal(299u, side.Take(30, 200));
        Assert.Equal(100u, side.Take(40, 300));
    }

    [Fact]
    public void Old_and_repeated_acknowledgements_prove_nothing_twice()
    {
        side.Take(1, 1_000);
        Assert.Equal(3_999u, side.Take(1, 5_000));
        Assert.Equal(0u, side.Take(1, 5_000));
        Assert.Equal(0u, side.Take(1, 2_000));
        Assert.Equal(0u, side.Take(1, 5_000));
        Assert.Equal(500u, side.Take(1, 5_500));
    }

    [Fact]
    public void After_an_RST_nothing_is_proved_until_the_ports_are_used_anew()
    {
        side.Take(1, 1_000);
        side.Take(1, 2_000);
        Assert.Equal(0u, side.Take(1, 900_000_000, Rst | Ack));
        Assert.Equal(0u, side.Take(1, 3_000));
        Assert.Equal(0u, side.Take(900_000, 0, Syn));
        Assert.Equal(0u, side.Take(900_001, 70_000));
        Assert.Equal(99u, side.Take(900_001, 70_100));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xDEADBEEFu)]
    public void A_SYN_begins_a_connection_whatever_its_acknowledgement_field_holds(uint garbage)
    {
        side.Take(1, 1_000);
        side.Take(1, 2_000);
        Assert.Equal(0u, side.Take(5_000, garbage, Syn));
        Assert.Equal(0u, side.Take(5_001, 2_000_000));
        Assert.Equal(9u, side.Take(5_001, 2_000_010));
    }

    [Fact]
    public void A_SYN_that_comes_late_makes_no_byte_count_twice()
    {
        side.Take(7_001, 1_000);
        Assert.Equal(3_999u, side.Take(7_001, 5_000));
        Assert.Equal(0u, side.Take(7_000, 1_000, Syn | Ack));
        Assert.Equal(0u, side.Take(7_000, 0, Syn));
        Assert.Equal(0u, side.Take(7_001, 4_000));
        Assert.Equal(0u, side.Take(7_001, 5_000));
    }

    [Fact]
    public void Ports_used_again_without_a_sampled_SYN_begin_a_new_span()
    {
        // Initial numbers by a clock of 64 ns, as Linux has them: a second later both are 15,625,000 further.
        side.Take(1_000, 50_000);
        side.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(0u, side.Take(1_000 + 15_625_000, 50_000 + 15_625_000));
        Assert.Equal(999u, side.Take(1_000 + 15_625_000, 51_000 + 15_625_000));
    }

    [Fact]
    public void A_jump_beyond_any_window_begins_a_new_span()
    {
        side.Take(1, 1_000);
        Assert.Equal(0u, side.Take(1, 1_000 + (1u << 30)));
        Assert.Equal(9u, side.Take(1, 1_010 + (1u << 30)));
    }

    [Fact]
    public void Ports_that_were_silent_for_long_begin_a_new_span()
    {
        side.Take(1, 1_000);
        side.Wait(TimeSpan.FromMinutes(6));
        Assert.Equal(0u, side.Take(1, 2_000));
    }

    [Fact]
    public void Random_numbers_invent_less_than_one_step_in_a_thousand()
    {
        Random random = new(5);
        int proved = 0;
        for (int i = 0; i < 100_000; i++)
            if (side.Take((uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32)) > 0) proved++;
        // Two numbers must fit at once: one in 2,048 by the pod's own, one in four by the acknowledged.
        Assert.InRange(proved, 0, 100);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void However_full_the_table_never_more_than_was_sent(int seed)
    {
        Random random = new(seed);
        PodSide small = new(connections: 16);
        uint[] start = [.. Enumerable.Range(0, 200).Select(_ => (uint)random.NextInt64(1L << 32))];
        uint[] received = new uint[200];
        ulong[] proved = new ulong[200];
        for (int i = 0; i < 50_000; i++)
        {
            // A few connections have most of the traffic.
            int connection = (int)(200 * Math.Pow(random.NextDouble(), 8));
            received[connection] += (uint)random.Next(0, 100_000);
            proved[connection] += small.Take(1, start[connection] + received[connection], port: (ushort)(1_000 + connection));
        }
        for (int i = 0; i < 200; i++) Assert.InRange(proved[i], 0ul, received[i]);
        Assert.True(proved[0] > received[0] * 0.9, $"the heaviest connection was not kept: {proved[0]} of {received[0]}");
    }

    [Fact]
    public void Only_counted_samples_of_pods_speak_and_only_of_ends_without_a_home()
    {
        int other = side.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "shop", Name = "other", HostNode = 1 }).Id;
        int management = side.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Node, Label = ReservedLabels.Node, HostNode = 1, Node = 1 }).Id;
        int node = side.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Node, Label = ReservedLabels.Node, Node = 1 }).Id;
        Assert.Equal(99u, Twice(record => record));
        Assert.Equal(99u, Twice(record => record with { DestinationEndpoint = node }));
        Assert.Equal(0u, Twice(record => record with { Counted = false }));
        Assert.Equal(0u, Twice(record => record with { DestinationEndpoint = other }));
        Assert.Equal(0u, Twice(record => record with { DestinationEndpoint = management }));
        Assert.Equal(0u, Twice(record => record with { DestinationEndpoint = 0 }));
        Assert.Equal(0u, Twice(record => record with { SourceEndpoint = node }));
        Assert.Equal(0u, Twice(record => record with { Facts = PacketFacts.IPv4 | PacketFacts.Fragment }));
    }

    [Fact]
    public void A_Service_that_pods_answer_is_sampled_there_and_not_counted_here()
    {
        int service = side.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Service, Label = "shop", Name = "web" }).Id;
        Flow Request(uint acknowledged) => side.Record(1, acknowledged) with { DestinationEndpoint = service, DestinationService = 9 };
        side.Take(Request(1_000));
        Assert.Equal(99u, side.Take(Request(1_100)));
        side.Take(side.Record(1, 1) with { SourceService = 9, DestinationEndpoint = side.Pod, Counted = false });
        Assert.Equal(0u, side.Take(Request(1_200)));
    }

    private ushort next = 20_000;

    private uint Twice(Func<Flow, Flow> change)
    {
        next++;
        side.Take(change(side.Record(1, 1_000, port: next)));
        return side.Take(change(side.Record(1, 1_100, port: next)));
    }
}
