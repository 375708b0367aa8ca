using SFlow.Exporter.Pipeline;
using SFlow.Exporter.TcpAck;

namespace SFlow.Exporter.Tests.TcpAck;

/// <summary>A pod's own samples, one by one through the stage.</summary>
internal sealed class PodSide
{
    public const byte Syn = 2, Rst = 4, Ack = 16, Fin = 1;
    public readonly Registries Registries = new();
    private readonly TcpAckStage stage;
    private long clock = 1_000_000_000_000;

    public PodSide(int connections = 64)
    {
        stage = new TcpAckStage(Registries, new ServiceSet(), connections);
        Pod = Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "shop", HostNode = 0 }).Id;
        Internet = Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Internet, Label = ReservedLabels.Internet }).Id;
    }

    public int Pod { get; }
    public int Internet { get; }

    public void Wait(TimeSpan time) => clock += time.Ticks * 100;

    public Flow Record(uint sequence, uint acknowledgement, byte flags = Ack, ushort port = 40_000) => new()
    {
        TimestampNanoseconds = clock += 1_000_000, SteadyNanoseconds = clock,
        Facts = PacketFacts.IPv4 | PacketFacts.Ports | PacketFacts.Tcp,
        Protocol = 6,
        Counted = true,
        Source = Address.FromIPv4(0x0A800005),
        Destination = Address.FromIPv4(0xC6336401),
        SourcePort = port,
        DestinationPort = 443,
        SourceEndpoint = Pod,
        DestinationEndpoint = Internet,
        TcpSequence = sequence,
        TcpAcknowledgement = acknowledgement,
        TcpFlags = flags,
    };

    /// <summary>Bytes that the sample proves.</summary>
    public uint Take(Flow record)
    {
        Flow[] one = [record];
        stage.Process(one);
        return one[0].AcknowledgedBytes;
    }

    public uint Take(uint sequence, uint acknowledgement, byte flags = Ack, ushort port = 40_000) => Take(Record(sequence, acknowledgement, flags, port));
}
