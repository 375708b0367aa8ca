using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>All families that there are, one line each.</summary>
internal static class FamilyCatalogue
{
    public static readonly Entry[] All =
    [
        Of<NamespacePairFamily>(),
        Of<FlowFamily>(),
        Of<AcknowledgedFamily>(),
        Of<LocalityFamily>(),
        Of<WorkloadFamily>(),
        Of<NodeFamily>(),
        Of<BackendFamily>(),
        Of<ExternalFamily>(),
    ];

    private static Entry Of<TDefinition>()
        where TDefinition : struct, IFamilyDefinition<TDefinition> =>
        new(TDefinition.Name, TDefinition.Labels, TDefinition.Columns.Length, TDefinition.Defaults, (names, limits, now, places) => new Family<TDefinition>(names, limits, now, places));

    /// <summary>A family that can be made.</summary>
    internal sealed record Entry(string Name, FamilyLabel[] Labels, int Columns, FamilyDefaults Defaults, Func<Registries, FamilyLimits, long, IGeoIp?, Family> Make)
    {
        /// <summary>The name as options write it: without <c>sflow_</c>.</summary>
        public string Option => Name[FamilyNames.Prefix.Length..];
    }
}
