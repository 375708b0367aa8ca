using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// The counted samples by workload: the top owner of a pod, such as <c>Deployment/grafana</c>, a Service or a node. The label is empty where there
/// is none.
/// </summary>
internal readonly struct WorkloadFamily(Registries names) : IFamilyDefinition<WorkloadFamily>
{
    /// <summary>Marks a side without a workload: the rest is its namespace label.</summary>
    private const uint NoWorkload = 1U << 31;

    private const ulong Source = 0xFFFF_FFFF_0000_0000, Destination = 0xFFFF_FFFF;

    private readonly EndpointRegistry endpoints = names.Endpoints;

    public static string Name => "sflow_workload";

    public static FamilyLabel[] Labels =>
    [
        new(FamilyLabels.SourceNamespace, Source), new("source_workload", Source), new(FamilyLabels.DestinationNamespace, Destination), new("destination_workload", Destination),
    ];

    public static FamilyColumn[] Columns => FlowColumns.All;

    public static FamilyDefaults Defaults => new(5_000, FamilyUse.Off);

    public static WorkloadFamily Create(Registries names) => new(names);

    public bool TryKey(in Flow sample, out ulong key)
    {
        if (!sample.Counted)
        {
            key = 0;
            return false;
        }
        key = (ulong)Of(sample.SourceEndpoint) << 32 | Of(sample.DestinationEndpoint);
        return true;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.Add(sample);

    public string[] ValuesOf(ulong key)
    {
        (string sourceNamespace, string source) = SideOf((uint)(key >> 32));
        (string destinationNamespace, string destination) = SideOf((uint)key);
        return [sourceNamespace, source, destinationNamespace, destination];
    }

    private uint Of(int endpoint)
    {
        int label = endpoints.Brief(endpoint).LabelId, workload = endpoints.Location(endpoint).Workload;
        return workload != 0 && names.WorkloadNamespaces.Contains(label) ? (uint)workload : NoWorkload | (uint)label;
    }

    private (string Namespace, string Workload) SideOf(uint side)
    {
        if ((side & NoWorkload) != 0) return (names.Namespaces[(int)(side & ~NoWorkload)], "");
        FlowEndpoint endpoint = endpoints[(int)side];
        return (endpoint.Label, $"{endpoint.OwnerKind}/{endpoint.OwnerName}");
    }
}
