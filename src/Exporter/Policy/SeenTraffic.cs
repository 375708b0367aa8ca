using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Policy;

/// <summary>One side of a connection as records name it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Name">Workload as Kind/name, or the name of the Service; the address for what is no pod and no Service.</param>
internal readonly record struct Party(EndpointKind Kind, string Namespace, string Name);

/// <summary>Who opened connections to whom, at which port of the server.</summary>
/// <param name="Client">Who opened them.</param>
/// <param name="Server">Who accepted them.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Port">Port of the server.</param>
internal readonly record struct SeenConnection(Party Client, Party Server, string Protocol, ushort Port);

/// <summary>What was seen of a connection.</summary>
internal sealed class Evidence
{
    /// <summary>Samples of either direction.</summary>
    public long Samples { get; private set; }

    /// <summary>Time of the first and the last of them, nanoseconds of Unix time.</summary>
    public long First { get; private set; } = long.MaxValue;
    public long Last { get; private set; }

    /// <summary>A packet, Kubernetes or earlier traffic showed the server. Otherwise only port numbers suggest it.</summary>
    public bool IsSure { get; private set; }

    public void Add(long time, bool sure)
    {
        Samples++;
        (First, Last, IsSure) = (Math.Min(First, time), Math.Max(Last, time), IsSure || sure);
    }

    public void Add(Evidence other)
    {
        Samples += other.Samples;
        (First, Last, IsSure) = (Math.Min(First, other.First), Math.Max(Last, other.Last), IsSure || other.IsSure);
    }
}

/// <summary>
/// The connections of a namespace, from the records of its packets. A reply belongs to the connection of its request: the server is the side that records
/// name, whichever way the packet went.
/// </summary>
internal sealed class SeenTraffic(string space)
{
    private readonly Dictionary<SeenConnection, Evidence> connections = [];
    private readonly Dictionary<(string Namespace, string Pod), string> workloads = [];
    private double rates;

    public string Namespace => space;
    public IReadOnlyDictionary<SeenConnection, Evidence> Connections => connections;

    /// <summary>Workloads of pods that were seen, by namespace and name of the pod.</summary>
    public IReadOnlyDictionary<(string Namespace, string Pod), string> Workloads => workloads;

    public long Samples { get; private set; }

    /// <summary>Samples without ports, such as ICMP: a NetworkPolicy has no rule for them.</summary>
    public long WithoutPorts { get; private set; }

    /// <summary>Samples whose server is unknown.</summary>
    public long WithoutServer { get; private set; }
    public long First { get; private set; } = long.MaxValue;
    public long Last { get; private set; }

    /// <summary>Mean sampling rate of the samples; 0 without any.</summary>
    public double MeanRate => Samples == 0 ? 0 : rates / Samples;

    public void Add(NamedFlow flow)
    {
        ref readonly Flow record = ref flow.Record;
        if (record.Fault != SampleFault.None || record.Observation == Observation.Own) return;
        Samples++;
        rates += record.SamplingRate;
        (First, Last) = (Math.Min(First, record.TimestampNanoseconds), Math.Max(Last, record.TimestampNanoseconds));
        Learn(flow.Source);
        Learn(flow.Destination);
        if (!record.Has(PacketFacts.Ports) || ProtocolOf(record.Protocol) is not { } protocol)
        {
            WithoutPorts++;
            return;
        }
        if (record.Server == ServerEnd.Unknown)
        {
            WithoutServer++;
            return;
        }
        Party source = PartyOf(flow.Source, record.Source), destination = PartyOf(flow.Destination, record.Destination);
        bool reply = record.Server == ServerEnd.Source;
        SeenConnection connection = reply
            ? new(destination, source, protocol, record.SourcePort)
            : new(source, destination, protocol, record.DestinationPort);
        if (!connections.TryGetValue(connection, out Evidence? evidence)) connections.Add(connection, evidence = new Evidence());
        evidence.Add(record.TimestampNanoseconds, record.ServerReason is not (ServerReason.IanaPort or ServerReason.LowerPort));
    }

    private void Learn(FlowEndpoint endpoint)
    {
        if (endpoint is { Kind: EndpointKind.Pod, Namespace: { } inside, Name: { } pod }) workloads[(inside, pod)] = WorkloadOf(endpoint);
    }

    private static Party PartyOf(FlowEndpoint endpoint, Address address) => endpoint switch
    {
        { Kind: EndpointKind.Pod, Namespace: { } inside } => new(EndpointKind.Pod, inside, WorkloadOf(endpoint)),
        { Kind: EndpointKind.Service, Namespace: { } inside, Name: { } service } => new(EndpointKind.Service, inside, service),
        _ => new(endpoint.Kind, "", address.ToString()),
    };

    private static string WorkloadOf(FlowEndpoint pod) => pod is { OwnerKind: { } kind, OwnerName: { } name } ? $"{kind}/{name}" : $"Pod/{pod.Name}";

    private static string? ProtocolOf(byte number) => number switch { 6 => "TCP", 17 => "UDP", 132 => "SCTP", _ => null };
}
