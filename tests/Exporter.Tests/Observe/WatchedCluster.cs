using SFlow.Exporter.Agents;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Identify;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>A made cluster whose nodes all export: what samples of theirs become in the real stages that identify and observe them.</summary>
internal sealed class WatchedCluster
{
    private const long Start = 1_700_000_000_000_000_000;

    private readonly Dictionary<string, int> agentIds = new(StringComparer.Ordinal);
    private readonly IFlowStage[] stages;
    private readonly ClusterIndex index;

    /// <param name="cluster">The cluster.</param>
    /// <param name="agentAddresses">The agents, each by node and address.</param>
    public WatchedCluster(MadeCluster cluster, params (string Node, string Address)[] agentAddresses)
    {
        index = new ClusterIndex(Registries, new IdentifyOptions(), new KubernetesOptions(), TimeProvider.System);
        index.Replace(cluster.Objects);
        Book = index.Publish();
        AddressBookHolder holder = new(Book);
        AgentRegistry agents = new(new AgentOptions(), new ClusterNodes(holder, Registries), wholeCapture: true);
        foreach ((string node, string address) in agentAddresses)
        {
            agents.Observe(new DatagramIdentity(Cluster.Address(address), 0, 1, 1_000, 500), new DatagramOrigin(Start, Cluster.Address(address), 5_000), out Agent? agent);
            agentIds.Add(node, agent!.Id);
        }
        stages =
        [
            new IdentifyStage(holder, new LastServiceCache(), new SampleMemory(), agents, Registries),
            new ObserveStage(Registries, ExportRule.WholeCapture, new PortLabels(Registries.Services, Registries.DoubtfulPorts), new ListeningHistory(new ObserveOptions()), new ServiceSet(), new WorkerCounters(), 6343),
        ];
    }

    public Registries Registries { get; } = new();
    public AddressBook Book { get; }

    /// <summary>A TCP packet that came to the node by a port.</summary>
    public Flow See(string node, string source, string destination, uint port = 7, ushort from = 40_000, ushort to = 8_080) => See(node, source, destination, port, from, to, null, 0);

    /// <summary>A TCP packet that came to the node by a tunnel from an address.</summary>
    public Flow SeeTunnelled(string node, string source, string destination, string tunnel, uint id, ushort from = 40_000, ushort to = 8_080) =>
        See(node, source, destination, 0, from, to, tunnel, id);

    public FlowEndpoint Source(in Flow record) => Registries.Endpoints[record.SourceEndpoint];

    public FlowEndpoint Destination(in Flow record) => Registries.Endpoints[record.DestinationEndpoint];

    public Explanation Explain(string address) => index.Explain(Cluster.Address(address), null);

    private Flow See(string node, string source, string destination, uint port, ushort from, ushort to, string? tunnel, uint id)
    {
        Flow[] records =
        [
            new Flow
            {
                TimestampNanoseconds = Start, SteadyNanoseconds = Start, Agent = agentIds[node], SamplingRate = 1, FrameLength = 100, Stripped = 4, InputValue = port,
                Source = Cluster.Address(source), Destination = Cluster.Address(destination), SourcePort = from, DestinationPort = to, Protocol = Packets.Tcp,
                TcpFlags = TcpFlag.Acknowledge, TcpSequence = 9, TunnelVni = id, TunnelSource = tunnel is null ? 0 : Cluster.Address(tunnel).IPv4,
                Facts = Packets.Version(source) | PacketFacts.Ports | PacketFacts.Tcp | (tunnel is null ? PacketFacts.None : PacketFacts.TunnelIngress),
            },
        ];
        foreach (IFlowStage stage in stages) stage.Process(records);
        return records[0];
    }
}
