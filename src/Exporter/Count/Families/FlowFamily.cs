using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// The counted samples: each packet once. The variance of an estimate that adds r x length for each draw at one in r is estimated without bias by
/// the sum of r (r - 1) length² (Horvitz and Thompson); at sampling 1 it is 0.
/// </summary>
internal readonly struct FlowFamily(Registries names) : IFamilyDefinition<FlowFamily>
{
    private readonly EndpointRegistry endpoints = names.Endpoints;

    public static string Name => FamilyNames.Flow;

    public static string[] Labels => [FamilyLabels.SourceNamespace, FamilyLabels.DestinationNamespace, FamilyLabels.ServerService];

    public static FamilyColumn[] Columns =>
    [
        new(FlowFigure.Bytes, "Estimated layer 2 bytes without the frame check sequence. Each packet counts once."),
        new(FlowFigure.Packets, "Estimated packets: the sum of the sampling rates of the samples. Each packet counts once."),
        new(FlowFigure.Samples, "Flow samples behind the estimates. Few samples mean a wide confidence interval."),
        new(FlowFigure.BytesVariance, "Variance of the estimated bytes, in bytes squared, for their 95 % confidence interval. Variances add up like bytes."),
        new(FlowFigure.PacketsVariance, "Variance of the estimated packets, in packets squared, for their 95 % confidence interval. Variances add up like packets."),
    ];

    public static FlowFamily Create(Registries names) => new(names);

    public bool TryKey(in Flow sample, out ulong key)
    {
        if (!sample.Counted)
        {
            key = 0;
            return false;
        }
        key = Key(endpoints.Brief(sample.SourceEndpoint).LabelId, endpoints.Brief(sample.DestinationEndpoint).LabelId, sample.ServerService);
        return true;
    }

    public void Add(ref FlowTotals sums, in Flow sample) => sums.Add(sample);

    public string[] ValuesOf(ulong key) => ValuesOf(names, key);

    /// <summary>20 bits for each namespace label, 24 for the service: more names than any cluster has.</summary>
    internal static ulong Key(int source, int destination, int service) => (ulong)(uint)source << 44 | (ulong)(uint)destination << 24 | (uint)service;

    internal static string[] ValuesOf(Registries names, ulong key) =>
        [names.Namespaces[(int)(key >> 44)], names.Namespaces[(int)(key >> 24) & 0xF_FFFF], names.Services[(int)key & 0xFF_FFFF]];
}
