using System.Runtime.InteropServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// What each backend of a Service sent, by the counted answers: a request names the Service alone, the answer shows who gives it. Pods come and
/// go, so this is for captures, where the inventory bounds it, and no family of metrics.
/// </summary>
internal sealed class BackendSums(Registries names) : IFlowStage
{
    private readonly FlatTable rows = new();
    private readonly List<(int Service, int Endpoint)> backends = [];
    private readonly List<FlowTotals> totals = [];

    /// <summary>The heaviest first.</summary>
    public IReadOnlyList<(string Service, FlowEndpoint Backend, FlowTotals Totals)> Read() =>
        [.. backends.Select((key, row) => (names.Services[key.Service], names.Endpoints[key.Endpoint], totals[row])).OrderByDescending(entry => entry.Item3.Bytes)];

    public void Process(Span<Flow> records)
    {
        foreach (ref readonly Flow record in records)
        {
            if (!record.Counted || record.Server != ServerEnd.Source || record.SourceRole != PortRole.Endpoint || record.ServiceOrigin != ServiceOrigin.Kubernetes) continue;
            ulong key = (ulong)(uint)record.ServerService << 32 | (uint)record.SourceEndpoint;
            if (!rows.TryFind(0, key, out int row)) row = Add(key, (record.ServerService, record.SourceEndpoint));
            CollectionsMarshal.AsSpan(totals)[row].Add(record);
        }
    }

    public void Idle()
    {
    }

    private int Add(ulong key, (int, int) backend)
    {
        int row = totals.Count;
        backends.Add(backend);
        totals.Add(default);
        rows.TryAdd(0, key, row);
        return row;
    }
}
