using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>The families that the program counts, for all workers and readers.</summary>
internal sealed class FamilySet : IReadOnlyList<IFamily>
{
    /// <summary>One line a family.</summary>
    private static readonly Entry[] All =
    [
        Of<FlowFamily>(),
        Of<AcknowledgedFamily>(),
        Of<LocalityFamily>(),
        Of<BackendFamily>(),
    ];

    private readonly Family[] families;

    /// <param name="names">Registries that give the keys their meaning.</param>
    /// <param name="options">The limits.</param>
    /// <param name="now">Birth of the remainders, in nanoseconds of Unix time.</param>
    /// <param name="ofCapture">Whether the families that are for captures alone are counted too.</param>
    public FamilySet(Registries names, CountOptions options, long now, bool ofCapture = false) =>
        families = [.. All.Where(entry => ofCapture || !entry.OnlyForCaptures).Select(entry => entry.Make(names, options, now))];

    public int Count => families.Length;

    public IFamily this[int index] => families[index];

    /// <summary>A shard of each family for one more worker.</summary>
    public IFlowStage[] NewShards() => [.. families.Select(family => family.NewShard())];

    public IEnumerator<IFamily> GetEnumerator() => families.AsEnumerable().GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    private static Entry Of<TDefinition>()
        where TDefinition : struct, IFamilyDefinition<TDefinition> =>
        new(TDefinition.OnlyForCaptures, (names, options, now) => new Family<TDefinition>(names, options, now));

    private sealed record Entry(bool OnlyForCaptures, Func<Registries, CountOptions, long, Family> Make);
}
