using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// One family of series: its name, its labels, how a sample becomes a key, what it sums. A struct, so that the compiler makes a
/// <see cref="FamilyShard{TDefinition}"/> of its own for each, without virtual calls for a sample.
/// </summary>
internal interface IFamilyDefinition<TSelf>
    where TSelf : struct, IFamilyDefinition<TSelf>
{
    static abstract string Name { get; }

    static abstract string[] Labels { get; }

    static abstract FamilyColumn[] Columns { get; }

    /// <summary>Whether the family is for captures alone, whose inventory bounds it; it has no metrics.</summary>
    static virtual bool OnlyForCaptures => false;

    static abstract TSelf Create(Registries names);

    /// <summary>Rows at most, the remainder included.</summary>
    static virtual int Limit(CountOptions options) => options.SeriesLimit;

    /// <summary>The row's key; false where the sample is no part of the family. Two keys never have the same label values.</summary>
    bool TryKey(in Flow sample, out ulong key);

    /// <summary>Adds the sample to the row.</summary>
    void Add(ref FlowTotals sums, in Flow sample);

    /// <summary>Label values of a key, in the order of <see cref="Labels"/>.</summary>
    string[] ValuesOf(ulong key);
}
