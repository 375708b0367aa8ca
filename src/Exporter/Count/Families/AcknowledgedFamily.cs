using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// What the samples prove to have been received: the bytes came from the sample's destination, so that end is the source of the series. Bytes only:
/// how many packets they came in is not known.
/// </summary>
internal readonly struct AcknowledgedFamily(Registries names) : IFamilyDefinition<AcknowledgedFamily>
{
    private readonly EndpointRegistry endpoints = names.Endpoints;

    public static string Name => FamilyNames.Acknowledged;

    public static string[] Labels => FlowFamily.Labels;

    public static FamilyColumn[] Columns =>
    [
        new(FlowFigure.Bytes, "Lower bound of TCP payload bytes that pods received from unsampled peers, from acknowledgement numbers. Not part of sflow_flow_bytes_total."),
    ];

    public static AcknowledgedFamily Create(Registries names) => new(names);

    public bool TryKey(in Flow sample, out ulong key)
    {
        if (sample.AcknowledgedBytes == 0)
        {
            key = 0;
            return false;
        }
        key = FlowFamily.Key(endpoints.Brief(sample.DestinationEndpoint).LabelId, endpoints.Brief(sample.SourceEndpoint).LabelId, sample.ServerService);
        return true;
    }

    public void Add(ref FlowTotals sums, in Flow sample)
    {
        sums.Bytes += sample.AcknowledgedBytes;
        sums.Samples++;
    }

    public string[] ValuesOf(ulong key) => FlowFamily.ValuesOf(names, key);
}
