using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History;

/// <summary>The names behind the ids of the history. They outlive the process, unlike the ids of <see cref="Registries"/>.</summary>
/// <param name="Hosts">
/// Hosts by id; null where there is none. A host is a workload on a node: it has label, kind, owner, node, zone, region and network, but no name of
/// its own. <see cref="Pipeline.Filters.HostNames.Of"/> and <see cref="Localities.Between"/> read it.
/// </param>
/// <param name="Services">Services by id, such as <c>default/kubernetes:https</c>; null where there is none. Id 0 is no service.</param>
internal sealed record HistoryNames(FlowEndpoint?[] Hosts, string?[] Services);
