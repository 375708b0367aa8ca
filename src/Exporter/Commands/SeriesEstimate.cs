using SFlow.Exporter.Count;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Commands;

/// <summary>How many series a family will have.</summary>
/// <param name="Family">The family as options name it.</param>
/// <param name="Likely">Series that the cluster is likely to need.</param>
/// <param name="Limit">Maximum series of the family.</param>
/// <param name="Columns">Metrics of the family: each series is so many samples of a scrape.</param>
internal sealed record FamilyEstimate(string Family, long Likely, int Limit, int Columns)
{
    /// <summary>Series in use; beyond the limit, the lightest share the remainder.</summary>
    public long InUse => Math.Min(Likely, Limit);

    public long Samples => InUse * Columns;
}

/// <summary>
/// Estimates the series of each family before installation. Who talks to whom is not known then, so a number of peers is assumed: each namespace,
/// and each workload, talks to so many others, in both directions.
/// </summary>
internal static class SeriesEstimate
{
    /// <summary>Labels that are no namespace: @node, @internet, @private, @ovn, @unknown and __other__.</summary>
    private const int Reserved = 6;

    /// <summary>same_node, same_zone, cross_zone, cross_region, internet and unknown.</summary>
    private const int Localities = 6;

    /// <exception cref="SettingsException">The options name an unknown family or label.</exception>
    public static IReadOnlyList<FamilyEstimate> Of(ClusterSize size, CountOptions options, int peers)
    {
        FamilyChoice choice = FamilyChoice.Of(options, FamilyCatalogue.All);
        return [.. FamilyCatalogue.All.Where(choice.Has).Select(family =>
            new FamilyEstimate(family.Option, Likely(family.Option, size, peers), choice.LimitsOf(family).Series, family.Columns))];
    }

    private static long Likely(string family, ClusterSize size, int peers)
    {
        long labels = size.Namespaces + (long)size.Networks + Reserved, pairs = Pairs(size.Namespaces, peers) + (size.Namespaces * 2L * (size.Networks + 2));
        long callers = Math.Min(size.Namespaces, peers);
        return family switch
        {
            "namespace_pair" => pairs,
            // Both directions of each caller of each Service, and the usual port of each pair without one.
            "flow" => pairs + (2L * size.Services * callers),
            "acknowledged" => size.Namespaces * 2L,
            "locality" => labels * (Localities + size.Networks),
            "workload" => Pairs(size.Workloads, peers) + (size.Workloads * 2L),
            "node" => (size.Nodes + 1L) * (size.Nodes + 1L),
            "backend" => size.Backends,
            "external" => labels * 2L * (size.Networks + 1),
            _ => 0,
        };
    }

    /// <summary>Ordered pairs where each of them talks to so many others, and to itself.</summary>
    private static long Pairs(long count, int peers) => count * Math.Min(count, peers + 1L);
}
