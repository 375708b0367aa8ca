using SFlow.Exporter.Agents;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Identify;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>Packets between addresses of the small cluster, through the real stages that identify and observe them.</summary>
internal sealed class Packets
{
    public const byte Tcp = 6, Udp = 17, Sctp = 132, Icmp = 1, IcmpV6 = 58;

    private const long Start = 1_700_000_000_000_000_000;

    private readonly IFlowStage[] stages;

    public Packets(ObserveOptions? options = null, LastServiceCache? lastServices = null, ushort ownPort = 6343, string agent = "10.128.0.2")
    {
        Book = new AddressBookHolder(Cluster.Build(Registries, "office=192.0.2.0/24"));
        History = new ListeningHistory(options ?? new ObserveOptions());
        AgentRegistry agents = new(new AgentOptions(), new ClusterNodes(Book, Registries), wholeCapture: true);
        DatagramIdentity identity = new(Cluster.Address(agent), 0, 1, 1_000, 500);
        agents.Observe(identity, new DatagramOrigin(Start, Cluster.Address("192.168.100.11"), 5_000), out _);
        stages = [new IdentifyStage(Book, lastServices ?? new LastServiceCache(), new SampleMemory(), agents, Registries), new ObserveStage(Registries, ExportRule.Live(Start), new PortLabels(Registries.Services, Registries.DoubtfulPorts), History, new ServiceSet(), Counters, ownPort)];
    }

    public Registries Registries { get; } = new();
    public AddressBookHolder Book { get; }
    public ListeningHistory History { get; }
    public WorkerCounters Counters { get; } = new();

    /// <summary>Nanoseconds since the start.</summary>
    public long Now { get; set; }

    /// <summary>Sockets known to listen.</summary>
    public int Listening => History.Count;

    /// <summary>One packet, seen by the agent; that is worker-1's unless another was named.</summary>
    public Flow See(string source, int sourcePort, string destination, int destinationPort, byte protocol = Tcp, byte flags = TcpFlag.Acknowledge, PacketFacts more = PacketFacts.None) =>
        See(new Flow
        {
            Source = Cluster.Address(source),
            Destination = Cluster.Address(destination),
            SourcePort = (ushort)sourcePort,
            DestinationPort = (ushort)destinationPort,
            Protocol = protocol,
            TcpFlags = protocol == Tcp ? flags : (byte)0,
            TcpSequence = 77,
            Facts = Version(source) | more | (protocol is Tcp or Udp or Sctp ? PacketFacts.Ports : PacketFacts.Icmp) | (protocol == Tcp ? PacketFacts.Tcp : PacketFacts.None),
        });

    /// <summary>A packet that is made by hand.</summary>
    public Flow See(Flow packet)
    {
        Flow[] records = [packet with { TimestampNanoseconds = Start + Now, SteadyNanoseconds = Start + Now, SamplingRate = 1, FrameLength = 100, Stripped = 4, InputValue = 3 }];
        foreach (IFlowStage stage in stages) stage.Process(records);
        return records[0];
    }

    public string Service(in Flow record) => Registries.Services[record.ServerService];

    public static PacketFacts Version(string address) => PacketFacts.Ethernet | (address.Contains(':', StringComparison.Ordinal) ? PacketFacts.IPv6 : PacketFacts.IPv4);
}
