namespace SFlow.Exporter.Pipeline;

/// <summary>
/// What metrics, page and commands read of a bounded family: label values, sums and birth by row. Row 0 is the remainder
/// (<see cref="ReservedLabels.Other"/> in every label), so the sum over all rows is the total. Reading changes nothing that another reader sees.
/// </summary>
internal interface IFamily
{
    /// <summary>Start of the names of its metrics, and its value of the label <c>family</c>: <c>sflow_flow</c>.</summary>
    string Name { get; }

    IReadOnlyList<string> Labels { get; }

    /// <summary>What it sums; the other figures of its <see cref="FlowTotals"/> stay 0 or have no meaning.</summary>
    IReadOnlyList<FamilyColumn> Columns { get; }

    /// <summary>Rows in use, the remainder included; at most <see cref="Limit"/>.</summary>
    int Count { get; }

    int Limit { get; }

    /// <summary>Samples that went to the remainder because the family was full.</summary>
    long Folded { get; }

    FamilyRow Row(int row);

    /// <summary>Sums of all workers for rows 0 to <c>sums.Length - 1</c>.</summary>
    void Read(Span<FlowTotals> sums);
}

/// <summary>One series of a family.</summary>
/// <param name="Values">Label values in the order of the family's labels; empty where the label has none.</param>
/// <param name="BornNanoseconds">Arrival of its first sample, in nanoseconds of Unix time.</param>
internal sealed record FamilyRow(string[] Values, long BornNanoseconds)
{
    /// <summary>The value of the label at that place.</summary>
    public string this[int label] => Values[label];
}

/// <summary>One figure that a family sums; its metric is <c>FAMILY_FIGURE_total</c>.</summary>
internal sealed record FamilyColumn(FlowFigure Figure, string Help)
{
    /// <summary>The figure's name in metrics and JSON, such as <c>bytes_variance</c>.</summary>
    public string Name { get; } = SnakeCase.Of(Figure);
}

internal static class FamilyReading
{
    /// <summary>Sums of all rows that exist now.</summary>
    public static FlowTotals[] Read(this IFamily family)
    {
        FlowTotals[] sums = new FlowTotals[family.Count];
        family.Read(sums);
        return sums;
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
