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

    static abstract FamilyLabel[] Labels { get; }

    static abstract FamilyColumn[] Columns { get; }

    static abstract FamilyDefaults Defaults { get; }

    /// <summary>Whether recent samples are kept, to get from a series to its records.</summary>
    static virtual bool HasExemplars => false;

    static abstract TSelf Create(Registries names);

    /// <summary>The same with GeoIP databases; one for each worker.</summary>
    static virtual TSelf Create(Registries names, IGeoIp? places) => TSelf.Create(names);

    /// <summary>The row's key; false where the sample is no part of the family. Two keys never have the same label values.</summary>
    bool TryKey(in Flow sample, out ulong key);

    /// <summary>Adds the sample to the row.</summary>
    void Add(ref FlowSums sums, in Flow sample);

    /// <summary>Bytes that the sample adds: its weight for the choice of series.</summary>
    ulong WeightOf(in Flow sample) => sample.Bytes;

    /// <summary>Label values of a key, in the order of <see cref="Labels"/>.</summary>
    string[] ValuesOf(ulong key);

    /// <summary>Whether it is not certain that the key is more than a scan. Such keys have few series and take no place of others.</summary>
    bool IsDoubtful(ulong key) => false;

    /// <summary>The groups of a key, at most <see cref="Family.MaximumGroups"/>. Returns how many.</summary>
    int GroupsOf(ulong key, Span<SeriesGroup> groups) => 0;
}

/// <summary>A label of a family.</summary>
/// <param name="Name">Its name in metrics.</param>
/// <param name="Mask">The bits of the key that it comes from. Labels from the same bits are left out together.</param>
internal readonly record struct FamilyLabel(string Name, ulong Mask);
