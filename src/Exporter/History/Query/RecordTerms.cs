using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.History.Query;

/// <summary>Terms about single packets. The history has sums by workload and service, so only records can answer them.</summary>
internal static class RecordTerms
{
    private static readonly FilterKey[] Keys = [FilterKey.Address, FilterKey.Port, FilterKey.Protocol, FilterKey.Counted];

    private static readonly string Allowed = string.Join(", ", FilterKeys.All.Where(word => FilterKeys.TryFind(word, out FilterKey key, out _) && !Keys.Contains(key)));

    /// <summary>The refusal of the first such term; null without one.</summary>
    public static FilterFault? FirstIn(FlowFilter filter) =>
        filter.Terms.FirstOrDefault(term => Keys.Contains(term.Key)) is not { } term ? null
            : new FilterFault(
                $"The history has no {SnakeCase.Of(term.Key)}, so the term '{term.Word}' needs records. Search the records, or leave the term out.",
                term.Part.Position, term.Part.Length, null, Allowed);
}
