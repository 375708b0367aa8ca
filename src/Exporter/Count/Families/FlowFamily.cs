using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>
/// The counted samples by namespace pair and service: each packet once. The variance of an estimate that adds r x length for each sample at a rate
/// of one in r is estimated without bias by the sum of r (r - 1) length² (Horvitz and Thompson); at a sampling rate of 1 it is 0.
/// </summary>
internal readonly struct FlowFamily(Registries names) : IFamilyDefinition<FlowFamily>
{
    private readonly EndpointRegistry endpoints = names.Endpoints;
    private readonly DoubtfulPorts services = names.DoubtfulPorts;

    public static string Name => FamilyNames.Flow;

    public static FamilyLabel[] Labels => ServiceKey.Labels;

    public static FamilyColumn[] Columns => FlowColumns.All;

    public static FamilyDefaults Defaults => new(2_000, FamilyUse.Always, Captures: CaptureUse.Always);

    public static bool HasExemplars => true;

    public static FlowFamily Create(Registries names) => new(names);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryKey(in Flow sample, out ulong key)
    {
        key = ServiceKey.Of(endpoints.Brief(sample.SourceEndpoint).LabelId, endpoints.Brief(sample.DestinationEndpoint).LabelId, sample.ServerService);
        return sample.Counted;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.Add(sample);

    public string[] ValuesOf(ulong key) => ServiceKey.ValuesOf(names, key);

    public bool IsDoubtful(ulong key) => ServiceKey.IsDoubtful(services, key);

    public int GroupsOf(ulong key, Span<SeriesGroup> groups) => ServiceKey.GroupsOf(names, key, groups);
}
