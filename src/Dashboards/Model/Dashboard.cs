namespace SFlow.Dashboards.Model;

/// <summary>One dashboard, whatever program shows it.</summary>
/// <param name="Name">Name of its files, and of its address after "sflow-".</param>
/// <param name="Title">What the reader sees.</param>
/// <param name="Description">The question that it answers.</param>
internal sealed record Dashboard(string Name, string Title, string Description)
{
    /// <summary>The time range that it opens with, up to now: 1h, 30d.</summary>
    public string Range { get; init; } = "1h";

    /// <summary>Choices of its own; every dashboard also has data source, job and instance.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];

    public IReadOnlyList<Row> Rows { get; init; } = [];

    public IEnumerable<Panel> Panels => Rows.SelectMany(row => row.Panels);

    /// <summary>All choices, in their order on the page.</summary>
    public IReadOnlyList<Variable> AllVariables => [Variable.Datasource, Variable.Job, Variable.Instance, .. Variables, Variable.PageUrl, Variable.KibanaUrl];
}

/// <summary>Panels under one heading, from left to right.</summary>
/// <param name="Title">The heading; empty for none.</param>
/// <param name="Panels">The panels.</param>
internal sealed record Row(string Title, params Panel[] Panels);
