using Elastic.Transport;
using Elastic.Transport.Diagnostics.Auditing;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Nodes of one cluster, taken in turn without those that failed lately. Each request gets one node: a pool of the library would repeat a request at the
/// next node by itself, and the sender has to know of each request whose outcome is unclear.
/// </summary>
internal sealed class SearchEndpoints(IEnumerable<Node> nodes) : StaticNodePool(nodes, randomize: false)
{
    /// <summary>A node that did not fail lately.</summary>
    public bool HasAlive => Nodes.Any(node => node.IsAlive || node.DeadUntil <= DateTimeProvider.Now());

    public override int MaxRetries => 0;

    public override IEnumerable<Node> CreateView(Auditor? auditor = null) => base.CreateView(auditor).Take(1);
}
