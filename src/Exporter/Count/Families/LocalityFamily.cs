using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// The counted samples by how far source and destination are apart: what a cloud provider bills. A request to an address or node port of a Service does not
/// say which backend gets it, so its locality is unknown; that of the answer is known.
/// </summary>
internal readonly struct LocalityFamily(Registries names) : IFamilyDefinition<LocalityFamily>
{
    private readonly EndpointRegistry endpoints = names.Endpoints;

    public static string Name => "sflow_locality";

    public static FamilyLabel[] Labels => [new(FamilyLabels.SourceNamespace, 0xFFFF_FFFF_0000_0000), new("locality", 0xFFFF_FFFF)];

    public static FamilyColumn[] Columns => FlowColumns.Volume("by the distance between source and destination: node, zone and region, or the outside network.");

    public static FamilyDefaults Defaults => new(2_000, InCaptures: true);

    public static LocalityFamily Create(Registries names) => new(names);

    public bool TryKey(in Flow sample, out ulong key)
    {
        if (!sample.Counted)
        {
            key = 0;
            return false;
        }
        key = (ulong)(uint)endpoints.Brief(sample.SourceEndpoint).LabelId << 32 | LocalityOf(sample);
        return true;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.AddVolume(sample);

    public string[] ValuesOf(ulong key) => [names.Namespaces[(int)(key >> 32)], NameOf((uint)key)];

    /// <summary>A <see cref="Locality"/>, or that of a named network plus the id of its label.</summary>
    private uint LocalityOf(in Flow sample)
    {
        ref readonly EndpointSummary from = ref endpoints.Brief(sample.SourceEndpoint), to = ref endpoints.Brief(sample.DestinationEndpoint);
        // Between two outside networks the Internet goes first, because it is what costs.
        if (from.Kind == EndpointKind.Internet || to.Kind == EndpointKind.Internet) return (uint)Locality.Internet;
        if (to.Kind == EndpointKind.NamedNetwork) return (uint)Locality.Network + (uint)to.LabelId;
        if (from.Kind == EndpointKind.NamedNetwork) return (uint)Locality.Network + (uint)from.LabelId;
        // The node answers for backends on any node.
        if (sample.SourceRole == PortRole.NodePort || sample.DestinationRole == PortRole.NodePort) return (uint)Locality.Unknown;
        return (uint)Distance(endpoints.Location(sample.SourceEndpoint), endpoints.Location(sample.DestinationEndpoint));
    }

    private static Locality Distance(in EndpointLocation one, in EndpointLocation other)
    {
        if (one.Node == other.Node && one.Node != 0) return Locality.SameNode;
        if (one.Region != other.Region && one.Region != 0 && other.Region != 0) return Locality.CrossRegion;
        if (one.Zone == 0 || other.Zone == 0) return Locality.Unknown;
        if (one.Zone != other.Zone) return Locality.CrossZone;
        return one.Node != 0 && other.Node != 0 ? Locality.SameZone : Locality.Unknown;
    }

    private string NameOf(uint locality) =>
        locality < (uint)Locality.Network ? SnakeCase.Of((Locality)locality) : names.Namespaces[(int)(locality - (uint)Locality.Network)];
}
