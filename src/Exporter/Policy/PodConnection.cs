using System.Globalization;
using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Policy;

/// <summary>A peer as a policy can name it.</summary>
/// <param name="Namespace">Namespace of the pods; empty for addresses.</param>
/// <param name="Workload">Workload of the pods as Kind/name.</param>
/// <param name="Address">Address of a host or of something outside; empty for pods.</param>
/// <param name="What">Kind of the address, for people.</param>
internal readonly record struct PolicyPeer(string Namespace, string Workload, string Address, string What)
{
    public bool IsPod => Address.Length == 0;

    public override string ToString() => IsPod ? $"{Workload} of {Namespace}" : $"{What} {Address}";
}

/// <summary>A connection of a workload of the namespace, with the ports that its packets have at the pod: policies apply behind the translation of Services.</summary>
/// <param name="Workload">Workload of the namespace.</param>
/// <param name="Inbound">The workload is the server.</param>
/// <param name="Peer">The other side.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Port">Port at the server's pod.</param>
internal readonly record struct PodConnection(string Workload, bool Inbound, PolicyPeer Peer, string Protocol, int Port);

/// <summary>Turns connections to Services into connections to the pods or addresses behind them, and each connection into what a policy must allow.</summary>
internal sealed class ConnectionResolver(SeenTraffic seen, ClusterView cluster)
{
    private readonly Dictionary<PodConnection, Evidence> found = [];

    /// <summary>Connections that no rule can be made of, with the reason.</summary>
    public List<string> Unresolved { get; } = [];

    public async Task<IReadOnlyDictionary<PodConnection, Evidence>> ResolveAsync()
    {
        foreach ((SeenConnection connection, Evidence evidence) in seen.Connections)
            foreach ((PolicyPeer server, int port) in await ServersAsync(connection))
            {
                PolicyPeer client = PeerOf(connection.Client);
                // A Service is never a client; its address as a source comes from a translation.
                if (connection.Client.Kind == EndpointKind.Service) continue;
                if (server.Namespace == seen.Namespace && server.IsPod) Add(new(server.Workload, true, client, connection.Protocol, port), evidence);
                if (client.Namespace == seen.Namespace && client.IsPod) Add(new(client.Workload, false, server, connection.Protocol, port), evidence);
            }
        return found;
    }

    private void Add(PodConnection connection, Evidence evidence)
    {
        if (!found.TryGetValue(connection, out Evidence? sum)) found.Add(connection, sum = new Evidence());
        sum.Add(evidence);
    }

    /// <summary>The pods or addresses that accept the connection, each with its port.</summary>
    public async Task<IReadOnlyList<(PolicyPeer Server, int Port)>> ServersAsync(SeenConnection connection)
    {
        Party server = connection.Server;
        if (server.Kind != EndpointKind.Service) return [(PeerOf(server), connection.Port)];
        JsonElement service = await cluster.ServiceAsync(server.Namespace, server.Name);
        JsonElement port = service.List("spec", "ports").FirstOrDefault(one =>
            one.Number("port") == connection.Port && (one.Text("protocol") is { Length: > 0 } protocol ? protocol : "TCP") == connection.Protocol);
        if (port.ValueKind == JsonValueKind.Undefined) return Fail(connection, service.ValueKind == JsonValueKind.Undefined ? "the Service is unknown now" : "the Service has no such port now");
        Dictionary<string, string> selector = service.Pairs("spec", "selector");
        LabelledPod[] backends = selector.Count == 0 ? [] : [.. (await cluster.PodsAsync(server.Namespace)).Where(pod => PodLabels.Has(pod, selector))];
        (PolicyPeer, int)[] targets = [.. backends.Select(pod => (new PolicyPeer(server.Namespace, pod.Workload, "", ""), Target(pod, port, connection))).Where(target => target.Item2 > 0).Distinct()];
        if (targets.Length > 0) return targets;
        // Hosts or outside addresses serve it, as they do for the API server. Addresses of pods are for those who may read their namespace.
        if (selector.Count > 0 && !cluster.MayRead(server.Namespace)) return Fail(connection, "you may not read the pods of its namespace");
        (PolicyPeer, int)[] addresses = [.. (await cluster.EndpointsAsync(server.Namespace, server.Name)).Where(endpoint => endpoint.PortName == port.Text("name"))
            .Select(endpoint => (new PolicyPeer("", "", endpoint.Address, $"endpoint of {server.Namespace}/{server.Name}"), endpoint.Port))];
        return addresses.Length > 0 ? addresses : Fail(connection, selector.Count == 0 ? "the Service has no selector and no endpoint" : "no pod of the Service runs now, or its pods can't be read");
    }

    private static int Target(LabelledPod pod, JsonElement port, SeenConnection connection)
    {
        if (port.Number("targetPort") is > 0 and int number) return number;
        string name = port.Text("targetPort");
        return name.Length == 0 ? connection.Port : pod.Ports.FirstOrDefault(one => one.Name == name && one.Protocol == connection.Protocol).Number;
    }

    private (PolicyPeer, int)[] Fail(SeenConnection connection, string reason)
    {
        Unresolved.Add(string.Create(CultureInfo.InvariantCulture, $"{connection.Client.Name} to Service {connection.Server.Namespace}/{connection.Server.Name}, {connection.Protocol} {connection.Port}: {reason}"));
        return [];
    }

    private static PolicyPeer PeerOf(Party party) => party.Kind switch
    {
        EndpointKind.Pod => new(party.Namespace, party.Name, "", ""),
        EndpointKind.Node => new("", "", party.Name, "host"),
        EndpointKind.Ovn => new("", "", party.Name, "OVN, for a host"),
        EndpointKind.Unknown => new("", "", party.Name, "unknown pod address"),
        EndpointKind.Multicast => new("", "", party.Name, "group"),
        EndpointKind.Internet => new("", "", party.Name, "public address"),
        _ => new("", "", party.Name, "address"),
    };
}
