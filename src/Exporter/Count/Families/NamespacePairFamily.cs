using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>The counted samples by namespace pair. Services have a family of their own, so that they never take the places of pairs.</summary>
internal readonly struct NamespacePairFamily(Registries names) : IFamilyDefinition<NamespacePairFamily>
{
    private readonly EndpointRegistry endpoints = names.Endpoints;

    public static string Name => FamilyNames.NamespacePair;

    public static FamilyLabel[] Labels => [new(FamilyLabels.SourceNamespace, 0xFFFF_FFFF_0000_0000), new(FamilyLabels.DestinationNamespace, 0xFFFF_FFFF)];

    public static FamilyColumn[] Columns => FlowColumns.All;

    public static FamilyDefaults Defaults => new(5_000, FamilyUse.Always);

    public static NamespacePairFamily Create(Registries names) => new(names);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryKey(in Flow sample, out ulong key)
    {
        key = (ulong)(uint)endpoints.Brief(sample.SourceEndpoint).LabelId << 32 | (uint)endpoints.Brief(sample.DestinationEndpoint).LabelId;
        return sample.Counted;
    }

    public void Add(ref FlowSums sums, in Flow sample) => sums.Add(sample);

    public string[] ValuesOf(ulong key) => [names.Namespaces[(int)(key >> 32)], names.Namespaces[(int)(uint)key]];
}
