using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>The family of a definition.</summary>
internal sealed class Family<TDefinition> : Family
    where TDefinition : struct, IFamilyDefinition<TDefinition>
{
    private readonly Registries names;
    private readonly IGeoIp? places;
    private readonly TDefinition definition;
    private readonly int[] labels;
    private readonly ulong mask;

    /// <param name="names">Registries that give the keys their meaning.</param>
    /// <param name="limits">Series and labels.</param>
    /// <param name="now">Birth of the remainder, in nanoseconds of Unix time.</param>
    /// <param name="places">GeoIP databases, if there are any.</param>
    public Family(Registries names, FamilyLimits limits, long now, IGeoIp? places = null)
        : base(TDefinition.Name, [.. Kept(limits).Select(label => TDefinition.Labels[label].Name)], TDefinition.Columns, limits, names.Nodes, now)
    {
        (this.names, this.places) = (names, places);
        definition = TDefinition.Create(names);
        labels = [.. Kept(limits)];
        foreach (int label in labels) mask |= TDefinition.Labels[label].Mask;
    }

    /// <summary>The part of the key that the labels in use come from.</summary>
    public ulong Mask => mask;

    protected override FamilyShard Make() => new FamilyShard<TDefinition>(this, TDefinition.Create(names, places), mask);

    protected override string[] ValuesOf(ulong key)
    {
        string[] all = definition.ValuesOf(key);
        return labels.Length == all.Length ? all : [.. labels.Select(label => all[label])];
    }

    internal override bool IsDoubtful(ulong key) => definition.IsDoubtful(key);

    protected override int GroupsOf(ulong key, Span<SeriesGroup> its) => definition.GroupsOf(key, its);

    private static IEnumerable<int> Kept(FamilyLimits limits) =>
        Enumerable.Range(0, TDefinition.Labels.Length).Where(label => limits.Labels is null || limits.Labels.Contains(TDefinition.Labels[label].Name));
}
