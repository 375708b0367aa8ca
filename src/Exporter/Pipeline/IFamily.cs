namespace SFlow.Exporter.Pipeline;

/// <summary>
/// What metrics, page and commands read of a bounded family of series. The heaviest keys have series of their own. The others are summed in the
/// remainder, so the sum over all rows is the total. Reading changes nothing that another reader sees.
/// </summary>
internal interface IFamily
{
    /// <summary>Start of the names of its metrics: <c>sflow_flow</c>.</summary>
    string Name { get; }

    IReadOnlyList<string> Labels { get; }

    /// <summary>What it sums; the other figures of its <see cref="FlowTotals"/> stay 0 or have no meaning.</summary>
    IReadOnlyList<FamilyColumn> Columns { get; }

    /// <summary>Rows in use, including the remainder; at most <see cref="Limit"/>.</summary>
    int Count { get; }

    /// <summary>Maximum rows, including the two of the remainder; <see cref="int.MaxValue"/> for none.</summary>
    int Limit { get; }

    /// <summary>Samples that were counted in the remainder, because their key had no series.</summary>
    long Folded { get; }

    /// <summary>Series that lost their place to a heavier one.</summary>
    long Displaced { get; }

    /// <summary>Series that lost their place because they were idle.</summary>
    long Expired { get; }

    /// <summary>Reads all rows with their sums at this moment.</summary>
    void Read(FamilyReading reading);

    /// <summary>A recent sample of the series in a slot, if one was kept.</summary>
    bool TryExemplar(int slot, out Flow sample)
    {
        sample = default;
        return false;
    }
}

/// <summary>One series of a family. A key that loses its series and returns gets a new one.</summary>
/// <param name="Values">Label values in the order of the family's labels; empty where the label has none.</param>
/// <param name="BornNanoseconds">Arrival of its first sample, in nanoseconds of Unix time; 0 if the series did not begin at zero.</param>
internal sealed record FamilyRow(string[] Values, long BornNanoseconds)
{
    /// <summary>The key of the series in its family; 0 for the remainder.</summary>
    public ulong Key { get; init; }

    /// <summary>The value of the label at that place.</summary>
    public string this[int label] => Values[label];

    /// <summary>Whether this is a part of the remainder.</summary>
    public bool IsRemainder => Values[0] == ReservedLabels.Other;
}

/// <summary>One figure that a family sums; its metric is <c>FAMILY_FIGURE_total</c>.</summary>
internal sealed record FamilyColumn(FlowFigure Figure, string Help)
{
    /// <summary>The figure's name in metrics and JSON, such as <c>bytes_variance</c>.</summary>
    public string Name { get; } = SnakeCase.Of(Figure);
}

internal static class FamilyExtensions
{
    /// <summary>All rows with their sums at this moment.</summary>
    public static FamilyReading Read(this IFamily family)
    {
        FamilyReading reading = new();
        family.Read(reading);
        return reading;
    }

    /// <summary>The place of a label among the family's labels.</summary>
    public static int PlaceOf(this IFamily family, string label)
    {
        for (int place = 0; place < family.Labels.Count; place++)
            if (family.Labels[place] == label) return place;
        throw new ArgumentException($"the family {family.Name} has no label {label}", nameof(label));
    }

    /// <summary>The family of that name.</summary>
    public static IFamily Named(this IEnumerable<IFamily> families, string name) => families.First(family => family.Name == name);
}
