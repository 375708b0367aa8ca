using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// What each backend of a Service sent, by the counted answers: a request names the Service alone, the answer shows who gives it. Pods come and
/// go, so this is for captures, where the inventory bounds it.
/// </summary>
internal readonly struct BackendFamily(Registries names) : IFamilyDefinition<BackendFamily>
{
    /// <summary>Services times their backends, more than any cluster has; 4 MiB a worker.</summary>
    private const int Rows = 65_536;

    public static string Name => FamilyNames.Backend;

    public static string[] Labels => [FamilyLabels.ServerService, "namespace", "kind", "name", "node"];

    public static FamilyColumn[] Columns => FlowFamily.Columns;

    public static bool OnlyForCaptures => true;

    public static BackendFamily Create(Registries names) => new(names);

    public static int Limit(CountOptions options) => Rows;

    public bool TryKey(in Flow sample, out ulong key)
    {
        key = (ulong)(uint)sample.ServerService << 32 | (uint)sample.SourceEndpoint;
        return sample.Counted && sample.Server == ServerEnd.Source && sample.SourceRole == PortRole.Endpoint && sample.ServiceOrigin == ServiceOrigin.Kubernetes;
    }

    public void Add(ref FlowTotals sums, in Flow sample) => sums.Add(sample);

    public string[] ValuesOf(ulong key)
    {
        FlowEndpoint backend = names.Endpoints[(int)(uint)key];
        return [names.Services[(int)(key >> 32)], backend.Namespace ?? "", backend.KubernetesKind ?? "", backend.Name ?? "", backend.NodeName ?? ""];
    }
}
