using SFlow.Dashboards.Queries;

namespace SFlow.Dashboards.Model;

internal enum PanelKind { TimeSeries, Stat, Table, Matrix, BarGauge, Heatmap, NodeGraph }

internal enum ChartStyle { Lines, Stacked }

/// <summary>What a chart asks Prometheus, and how it names the answer.</summary>
/// <param name="Expression">The query.</param>
/// <param name="Legend">Name of its series, with labels in double braces.</param>
internal sealed record Query(Expression Expression, string Legend);

/// <summary>One panel.</summary>
/// <param name="Kind">How it is shown.</param>
/// <param name="Title">Heading.</param>
/// <param name="Description">What it shows, in which unit, and what it leaves out.</param>
/// <param name="Unit">Unit of its values.</param>
internal sealed record Panel(PanelKind Kind, string Title, string Description, Unit Unit)
{
    /// <summary>Names of the limits of an interval, which charts show as a band.</summary>
    public const string Upper = "95 % upper", Lower = "95 % lower";

    /// <summary>Of the 24 columns of a page.</summary>
    public int Width { get; init; } = 8;

    /// <summary>In rows of a page, about 30 pixels each.</summary>
    public int Height { get; init; } = 8;

    public IReadOnlyList<Query> Queries { get; init; } = [];
    public IReadOnlyList<Column> Columns { get; init; } = [];
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];
    public IReadOnlyList<DataLink> Links { get; init; } = [];
    public ChartStyle Style { get; init; }
    public bool HasBand { get; init; }
    public int? Decimals { get; init; }
    public double? Minimum { get; init; } = 0;

    /// <summary>What is shown where a healthy system has no value.</summary>
    public string Absent { get; init; } = "none";

    public static Panel TimeSeries(string title, string description, Unit unit) => new(PanelKind.TimeSeries, title, description, unit);

    public static Panel Stat(string title, string description, Unit unit, Expression query) =>
        new(PanelKind.Stat, title, description, unit) { Width = 4, Height = 4, Queries = [new Query(query, title)] };

    /// <summary>A table of the union of its columns' queries, largest first by its first value.</summary>
    public static Panel Table(string title, string description, params Column[] columns) =>
        new(PanelKind.Table, title, description, Unit.Count) { Width = 12, Columns = columns };

    /// <summary>Rows by columns, coloured by value.</summary>
    public static Panel Matrix(string title, string description, Unit unit, string rows, string columns, Expression query) =>
        new(PanelKind.Matrix, title, description, unit) { Width = 12, Columns = [Column.OfLabel(rows, rows), Column.OfLabel(columns, columns), Column.OfValue("Value", unit, query)] };

    public static Panel BarGauge(string title, string description, Unit unit, Expression query, string legend) =>
        new(PanelKind.BarGauge, title, description, unit) { Queries = [new Query(query, legend)] };

    /// <summary>One row for each series, coloured by value, over time.</summary>
    public static Panel Heatmap(string title, string description, Unit unit, Expression query, string legend) =>
        new(PanelKind.Heatmap, title, description, unit) { Width = 12, Queries = [new Query(query, legend)] };

    /// <summary>Edges from one label to another.</summary>
    public static Panel NodeGraph(string title, string description, Unit unit, string from, string to, Expression query) =>
        new(PanelKind.NodeGraph, title, description, unit) { Width = 12, Height = 12, Columns = [Column.OfLabel(from, from), Column.OfLabel(to, to), Column.OfValue("Value", unit, query)] };

    public Panel Show(Expression query, string legend) => this with { Queries = [.. Queries, new Query(query, legend)] };

    /// <summary>The rate of an estimate, and its confidence interval as a band.</summary>
    public Panel ShowWithBand(Estimate estimate, string legend) => this with
    {
        HasBand = true,
        Queries =
        [
            .. Queries, new Query(estimate.Rate(Selector.RateInterval), legend),
            new Query(estimate.Upper(Selector.RateInterval), Upper), new Query(estimate.Lower(Selector.RateInterval), Lower),
        ],
    };

    public Panel Stacked() => this with { Style = ChartStyle.Stacked };

    public Panel Size(int width, int height) => this with { Width = width, Height = height };

    public Panel Coloured(params Threshold[] thresholds) => this with { Thresholds = thresholds };

    public Panel LinkedTo(params DataLink[] links) => this with { Links = links };
}
