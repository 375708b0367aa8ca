using System.Text.Json;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Exporter.Policy;

namespace SFlow.Exporter.Tests.Policy;

/// <summary>Kept flows and objects of a small cluster: a web shop with two workloads, and a bank beside it.</summary>
internal sealed class KnownCluster : IFlowArchive, IClusterObjects
{
    private readonly List<NamedFlow> flows = [];
    private long now = 1_800_000_000_000_000_000;

    public List<string> Objects { get; } =
    [
        Pod("shop", "web-1", """{"app":"web","pod-template-hash":"1"}""", "http", 8080), Pod("shop", "web-2", """{"app":"web","pod-template-hash":"2"}""", "http", 8080),
        Pod("shop", "db-0", """{"app":"db","statefulset.kubernetes.io/pod-name":"db-0"}""", "sql", 5432), Pod("bank", "ledger-0", """{"app":"ledger","tier":"secret"}""", "api", 9000),
        """{"kind":"Service","metadata":{"namespace":"bank","name":"ledger"},"spec":{"selector":{"app":"ledger"},"ports":[{"port":443,"targetPort":"api"}]}}""",
        """{"kind":"Service","metadata":{"namespace":"shop","name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":"http"},null,7]}}""",
        """{"kind":"EndpointSlice","metadata":{"namespace":"bank","labels":{"kubernetes.io/service-name":"ledger"}},"endpoints":[{"addresses":["10.128.9.9"]}],"ports":[{"port":9000}]}""",
        """{"kind":"Namespace","metadata":{"name":"bank","labels":{"team":"gold"}}}""",
    ];

    /// <summary>Refusal by plural name.</summary>
    public Dictionary<string, string> Refusals { get; } = [];

    public static FlowEndpoint Workload(string space, string kind, string name, string pod) =>
        new() { Kind = EndpointKind.Pod, Label = space, Namespace = space, Name = pod, OwnerKind = kind, OwnerName = name };

    public static FlowEndpoint Service(string space, string name) => new() { Kind = EndpointKind.Service, Label = space, Namespace = space, Name = name };

    public static FlowEndpoint Shop { get; } = Workload("shop", "Deployment", "web", "web-1");
    public static FlowEndpoint Database { get; } = Workload("shop", "StatefulSet", "db", "db-0");
    public static FlowEndpoint Outside { get; } = new() { Kind = EndpointKind.Internet, Label = ReservedLabels.Internet };

    /// <summary>One sample of a packet; the server is the side that the record names.</summary>
    public void See(FlowEndpoint source, ushort sourcePort, FlowEndpoint destination, ushort destinationPort, ServerEnd server, byte protocol = 6, ServerReason reason = ServerReason.Syn, string outside = "198.51.100.7", int times = 1)
    {
        Assert.True(Address.TryParse(outside, out Address address));
        for (int i = 0; i < times; i++)
            flows.Add(new NamedFlow(new Flow
            {
                TimestampNanoseconds = now += UnixTime.Second, SamplingRate = 400, Facts = PacketFacts.IPv4 | (protocol is 6 or 17 ? PacketFacts.Ports : PacketFacts.None), Protocol = protocol,
                Source = address, Destination = address, SourcePort = sourcePort, DestinationPort = destinationPort, Server = server, ServerReason = reason, Observation = Observation.Source,
            })
            { Source = source, Destination = destination });
    }

    public Task<Suggestion> SuggestAsync(string space, Func<string, bool>? mayRead = null) => new PolicyAdvisor(this, this).SuggestAsync(space, 0, mayRead ?? (_ => true), CancellationToken.None);

    public async Task<string> YamlAsync(string space, Func<string, bool>? mayRead = null) => PolicyYaml.Write(await SuggestAsync(space, mayRead));

    public Task<ArchiveReading> ReadAsync(string space, long from, Action<NamedFlow> take, CancellationToken cancellation)
    {
        foreach (NamedFlow flow in flows.Where(flow => flow.Source.Namespace == space || flow.Destination.Namespace == space)) take(flow);
        return Task.FromResult(new ArchiveReading(flows.Count, true));
    }

    public Task<ObjectReading> ListAsync(string kind, string group, string plural, string? space, CancellationToken cancellation) => Task.FromResult(
        Refusals.TryGetValue(plural, out string? refusal) ? new ObjectReading([], refusal)
        : new ObjectReading([.. Objects.Select(text => JsonDocument.Parse(text).RootElement).Where(item => item.GetProperty("kind").GetString() == kind
            && (space is null || item.GetProperty("metadata").GetProperty("namespace").GetString() == space))]));

    private static string Pod(string space, string name, string labels, string port, int number) => $$$"""
        {"kind":"Pod","metadata":{"namespace":"{{{space}}}","name":"{{{name}}}","labels":{{{labels}}}},
         "spec":{"containers":[{"ports":[{"name":"{{{port}}}","containerPort":{{{number}}}},null]},null]},"status":{"phase":"Running"}}
        """;
}
