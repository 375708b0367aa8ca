using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// What the samples prove to have been received: the bytes came from the sample's destination, so that endpoint is the source of the series.
/// Bytes only: how many packets they came in is not known.
/// </summary>
internal readonly struct AcknowledgedFamily(Registries names) : IFamilyDefinition<AcknowledgedFamily>
{
    private readonly EndpointRegistry endpoints = names.Endpoints;
    private readonly DoubtfulPorts services = names.DoubtfulPorts;

    public static string Name => FamilyNames.Acknowledged;

    public static FamilyLabel[] Labels => ServiceKey.Labels;

    public static FamilyColumn[] Columns =>
    [
        new(FlowFigure.Bytes, "Lower bound of TCP payload bytes that pods received from unsampled peers, from acknowledgement numbers. Not part of sflow_flow_bytes_total."),
    ];

    public static FamilyDefaults Defaults => new(2_000, FamilyUse.Always, Captures: CaptureUse.Always);

    public static AcknowledgedFamily Create(Registries names) => new(names);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryKey(in Flow sample, out ulong key)
    {
        if (sample.AcknowledgedBytes == 0)
        {
            key = 0;
            return false;
        }
        key = ServiceKey.Of(endpoints.Brief(sample.DestinationEndpoint).LabelId, endpoints.Brief(sample.SourceEndpoint).LabelId, sample.ServerService);
        return true;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.AddBytes(sample.AcknowledgedBytes);

    public ulong WeightOf(in Flow sample) => sample.AcknowledgedBytes;

    public string[] ValuesOf(ulong key) => ServiceKey.ValuesOf(names, key);

    public bool IsDoubtful(ulong key) => ServiceKey.IsDoubtful(services, key);

    public int GroupsOf(ulong key, Span<SeriesGroup> groups) => ServiceKey.GroupsOf(names, key, groups);
}
