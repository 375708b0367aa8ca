using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// The counted samples by how far source and destination are apart: what a cloud provider bills. A request to an address or node port of a Service does not
/// say which backend gets it, so its locality is unknown; that of the answer is known.
/// </summary>
internal readonly struct LocalityFamily(Registries names) : IFamilyDefinition<LocalityFamily>
{
    private readonly EndpointRegistry endpoints = names.Endpoints;
    private readonly Localities localities = new(names);

    public static string Name => "sflow_locality";

    public static FamilyLabel[] Labels => [new(FamilyLabels.SourceNamespace, 0xFFFF_FFFF_0000_0000), new("locality", 0xFFFF_FFFF)];

    public static FamilyColumn[] Columns => FlowColumns.Volume("by the distance between source and destination: node, zone and region, or the outside network.");

    public static FamilyDefaults Defaults => new(2_000, Captures: CaptureUse.WithNodes);

    public static LocalityFamily Create(Registries names) => new(names);

    public bool TryKey(in Flow sample, out ulong key)
    {
        if (!sample.Counted)
        {
            key = 0;
            return false;
        }
        key = (ulong)(uint)endpoints.Brief(sample.SourceEndpoint).LabelId << 32 | localities.Of(sample);
        return true;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.AddVolume(sample);

    public string[] ValuesOf(ulong key) => [names.Namespaces[(int)(key >> 32)], localities.NameOf((uint)key)];
}
