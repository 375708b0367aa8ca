using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>What decides how many series there are.</summary>
/// <param name="Namespaces">Namespaces with pods or Services, and host-network workloads.</param>
/// <param name="Workloads">Top owners of pods, such as Deployments.</param>
/// <param name="Services">Services of Kubernetes, each port apart.</param>
/// <param name="Backends">Pods and other endpoints behind them.</param>
/// <param name="Nodes">Nodes of the cluster.</param>
/// <param name="Networks">Named networks.</param>
internal sealed record ClusterSize(int Namespaces, int Workloads, int Services, int Backends, int Nodes, int Networks)
{
    /// <summary>Counts what an inventory or a cluster holds.</summary>
    public static ClusterSize Of(Registries names, int networks)
    {
        HashSet<string> namespaces = [];
        HashSet<int> workloads = [];
        int pods = 0;
        for (int id = 0; id < names.Endpoints.Count; id++)
        {
            FlowEndpoint endpoint = names.Endpoints[id];
            if (endpoint.Namespace is { } space) namespaces.Add(space);
            if (endpoint.Kind != EndpointKind.Pod) continue;
            pods++;
            workloads.Add(names.Endpoints.Location(id).Workload);
        }
        // The registry also has ports without a Service, and the names of the remainder.
        int services = Enumerable.Range(0, names.Services.Count).Count(id => names.Services[id].Contains('/') && names.Services[id][0] != '@');
        return new ClusterSize(namespaces.Count, workloads.Count, services, pods, names.Nodes.Count, networks);
    }
}
