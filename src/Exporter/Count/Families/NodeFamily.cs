using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>The counted samples by node and zone of source and destination. The labels are empty where the node or zone is not known.</summary>
internal readonly struct NodeFamily(Registries names) : IFamilyDefinition<NodeFamily>
{
    /// <summary>20 bits for a node, 12 for a zone.</summary>
    private const ulong Node = 0xF_FFFF, Zone = 0xFFF;

    private readonly EndpointRegistry endpoints = names.Endpoints;

    public static string Name => "sflow_node";

    public static FamilyLabel[] Labels =>
    [
        new("source_node", Node << 44), new("source_zone", Zone << 32), new("destination_node", Node << 12), new("destination_zone", Zone),
    ];

    public static FamilyColumn[] Columns => FlowColumns.Volume("by node and zone of source and destination. Empty: not known, as outside the cluster.");

    public static FamilyDefaults Defaults => new(2_000);

    public static NodeFamily Create(Registries names) => new(names);

    public bool TryKey(in Flow sample, out ulong key)
    {
        if (!sample.Counted)
        {
            key = 0;
            return false;
        }
        key = Of(endpoints.Location(sample.SourceEndpoint)) << 32 | Of(endpoints.Location(sample.DestinationEndpoint));
        return true;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.AddVolume(sample);

    public string[] ValuesOf(ulong key) =>
        [NodeName(key >> 44 & Node), ZoneName(key >> 32 & Zone), NodeName(key >> 12 & Node), ZoneName(key & Zone)];

    private static ulong Of(in EndpointLocation location) => ((uint)location.Node & Node) << 12 | (uint)location.Zone & Zone;

    private string NodeName(ulong node) => node == 0 ? "" : endpoints.NodeNames[(int)node];

    private string ZoneName(ulong zone) => zone == 0 ? "" : endpoints.ZoneNames[(int)zone];
}
