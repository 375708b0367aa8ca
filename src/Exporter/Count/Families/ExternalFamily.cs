using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// The counted samples between the cluster and outside networks, by namespace, direction and network: a named network, or @internet and
/// @private. With GeoIP databases also by autonomous system and country. Traffic between two outside networks is not included.
/// </summary>
internal readonly struct ExternalFamily(Registries names, ExternalPlaces? places) : IFamilyDefinition<ExternalFamily>
{
    /// <summary>20 bits for the namespace, 1 for the direction, 20 for the network, 23 for the place.</summary>
    private const ulong Namespace = 0xF_FFFFUL << 44, Egress = 1UL << 43, Network = 0xF_FFFFUL << 23, PlaceBits = 0x7F_FFFF;

    private readonly EndpointRegistry endpoints = names.Endpoints;

    public static string Name => "sflow_external";

    public static FamilyLabel[] Labels =>
        [new("local_namespace", Namespace), new("direction", Egress), new("network", Network), new("as_number", PlaceBits), new("country", PlaceBits)];

    public static FamilyColumn[] Columns => FlowColumns.Volume(
        "between a namespace and a network outside the cluster. direction: egress leaves the cluster, ingress enters it. as_number and country need GeoIP databases.");

    public static FamilyDefaults Defaults => new(2_000);

    public static ExternalFamily Create(Registries names) => Create(names, null);

    public static ExternalFamily Create(Registries names, IGeoIp? places) => new(names, places is null ? null : new ExternalPlaces(names.Places, places));

    public bool TryKey(in Flow sample, out ulong key)
    {
        ref readonly EndpointSummary from = ref endpoints.Brief(sample.SourceEndpoint), to = ref endpoints.Brief(sample.DestinationEndpoint);
        bool egress = to.Kind >= EndpointKind.NamedNetwork;
        if (!sample.Counted || egress == from.Kind >= EndpointKind.NamedNetwork)
        {
            key = 0;
            return false;
        }
        key = egress ? (ulong)(uint)from.LabelId << 44 | Egress | (ulong)(uint)to.LabelId << 23 : (ulong)(uint)to.LabelId << 44 | (ulong)(uint)from.LabelId << 23;
        if (places is not null) key |= (uint)places.Of(egress ? sample.Destination : sample.Source) & PlaceBits;
        return true;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.AddVolume(sample);

    public string[] ValuesOf(ulong key)
    {
        (string system, string country) = ExternalPlaces.Parse(names.Places[(int)(key & PlaceBits)]);
        return [names.Namespaces[(int)(key >> 44)], (key & Egress) != 0 ? "egress" : "ingress", names.Namespaces[(int)((key & Network) >> 23)], system, country];
    }
}
