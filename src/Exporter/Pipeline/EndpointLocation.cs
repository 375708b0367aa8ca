namespace SFlow.Exporter.Pipeline;

/// <summary>Where an endpoint is and what it belongs to, as numbers that compare: the same name has the same number, 0 is not known.</summary>
/// <param name="Node">Number of the node's name in <see cref="EndpointRegistry.NodeNames"/>.</param>
/// <param name="Zone">Number of the zone in <see cref="EndpointRegistry.ZoneNames"/>.</param>
/// <param name="Region">Number of the region in <see cref="EndpointRegistry.ZoneNames"/>.</param>
/// <param name="Workload">The first endpoint of the same workload: same label, same owner. 0 for endpoints without a Kubernetes name.</param>
internal readonly record struct EndpointLocation(int Node, int Zone, int Region, int Workload);
