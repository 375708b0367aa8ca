using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// What each backend of a Service sent, by the counted replies: a request names the Service alone, the reply shows which backend answers.
/// </summary>
internal readonly struct BackendFamily(Registries names) : IFamilyDefinition<BackendFamily>
{
    private const ulong Service = 0xFFFF_FFFF_0000_0000, Backend = 0xFFFF_FFFF;

    /// <summary>Prometheus sets labels such as namespace and node itself.</summary>
    private const string Prefix = "backend_";

    public static string Name => FamilyNames.Backend;

    public static FamilyLabel[] Labels =>
        [new(FamilyLabels.ServerService, Service), new(Prefix + "namespace", Backend), new(Prefix + "kind", Backend), new(Prefix + "name", Backend), new(Prefix + "node", Backend)];

    public static FamilyColumn[] Columns => FlowColumns.All;

    public static FamilyDefaults Defaults => new(1_000, Captures: CaptureUse.Detailed);

    public static BackendFamily Create(Registries names) => new(names);

    public bool TryKey(in Flow sample, out ulong key)
    {
        key = (ulong)(uint)sample.ServerService << 32 | (uint)sample.SourceEndpoint;
        return sample.Counted && sample.Server == ServerEnd.Source && sample.SourceRole == PortRole.Endpoint && sample.ServiceOrigin == ServiceOrigin.Kubernetes;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.Add(sample);

    public string[] ValuesOf(ulong key)
    {
        FlowEndpoint backend = names.Endpoints[(int)(uint)key];
        return [names.Services[(int)(key >> 32)], backend.Namespace ?? "", backend.KubernetesKind ?? "", backend.Name ?? "", backend.NodeName ?? ""];
    }
}
