using SFlow.Dashboards.Queries;

namespace SFlow.Dashboards.Model;

/// <summary>How a table shows the values of a column.</summary>
internal enum CellStyle { Plain, Bar, Coloured }

/// <summary>A column of a table: a label that all its queries share, or the value of one query.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Label">The label; null for a value.</param>
/// <param name="Query">The query; null for a label.</param>
/// <param name="Unit">Unit of the value.</param>
internal sealed record Column(string Title, string? Label, Expression? Query, Unit Unit)
{
    public CellStyle Style { get; init; }
    public int? Decimals { get; init; }
    public string? Absent { get; init; }
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];
    public IReadOnlyList<DataLink> Links { get; init; } = [];
    public int? Width { get; init; }

    public static Column OfLabel(string label, string title, params DataLink[] links) => new(title, label, null, Unit.Text) { Links = links };

    public static Column OfValue(string title, Unit unit, Expression query) => new(title, null, query, unit);

    /// <summary>The half width of a confidence interval. Too few samples give none.</summary>
    public static Column OfError(Expression query) => OfValue("± Error", Unit.Share, query) with { Decimals = 1, Absent = "too few", Width = 90 };

    /// <summary>The same, with a row that says why there is none.</summary>
    public Column OrNone(string label, string reason) => this with { Query = Query!.OrNone(label, reason) };

    public Column Bar() => this with { Style = CellStyle.Bar };

    public Column Coloured(params Threshold[] thresholds) => this with { Style = CellStyle.Coloured, Thresholds = thresholds };

    public Column Rounded(int decimals) => this with { Decimals = decimals };
}

/// <summary>From this value on, this colour; without a value, below all others.</summary>
internal sealed record Threshold(string Colour, double? From = null);
