using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// The counted samples by host of source and destination, and service: the rows of the history. It is no metric. Ports of a scan share one service, so
/// they take few places and their pair keeps its name.
/// </summary>
internal readonly struct HistoryFamily(Registries names) : IFamilyDefinition<HistoryFamily>
{
    /// <summary>A pair has at most one in 16 places before its keys weigh less.</summary>
    private const int PairShare = 16;

    /// <summary>The history reads <see cref="FamilyRow.Key"/>, so rows need no text.</summary>
    private static readonly string[] NoText = [""];

    private readonly EndpointRegistry endpoints = names.Endpoints;
    private readonly DoubtfulPorts services = names.DoubtfulPorts;
    private readonly int otherService = names.Services.Intern(ReservedLabels.OtherService);

    public static string Name => "sflow_history";

    public static FamilyLabel[] Labels => [new("key", ~0UL)];

    public static FamilyColumn[] Columns => FlowColumns.All;

    public static FamilyDefaults Defaults => new(8_192, FamilyUse.Off);

    public static HistoryFamily Create(Registries names) => new(names);

    public bool TryKey(in Flow sample, out ulong key)
    {
        if (!sample.Counted)
        {
            key = 0;
            return false;
        }
        bool nodePort = sample.SourceRole == PortRole.NodePort || sample.DestinationRole == PortRole.NodePort;
        key = HistoryKey.Of(endpoints.Hosts.Of(sample.SourceEndpoint), endpoints.Hosts.Of(sample.DestinationEndpoint), nodePort, services.IsDoubtful(sample.ServerService) ? otherService : sample.ServerService);
        return true;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.Add(sample);

    public string[] ValuesOf(ulong key) => NoText;

    public int GroupsOf(ulong key, Span<SeriesGroup> groups)
    {
        groups[0] = new SeriesGroup(HistoryKey.Pair(key), PairShare);
        return 1;
    }
}
