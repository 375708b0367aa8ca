using SFlow.Exporter.Metrics;

namespace SFlow.Dashboards.Model;

internal enum VariableKind { Datasource, Labels, Choice, Text }

/// <summary>A choice that the reader of a dashboard has.</summary>
/// <param name="Kind">Where its values come from.</param>
/// <param name="Name">Name in expressions, without the dollar sign.</param>
/// <param name="Title">What the reader sees.</param>
internal sealed record Variable(VariableKind Kind, string Name, string Title)
{
    /// <summary>Pattern of the choice "All".</summary>
    public const string Everything = ".+";

    public static Variable Datasource { get; } = new(VariableKind.Datasource, "datasource", "Data source") { Value = "prometheus" };
    public static Variable Job { get; } = OfLabel("job", "Job", MetricCatalogue.BuildInfo, "job", "");
    public static Variable Instance { get; } = OfLabel("instance", "Instance", MetricCatalogue.BuildInfo, "instance", "{job=~\"$job\"}");
    public static Variable PageUrl { get; } = new(VariableKind.Text, DataLink.PageVariable, "Exporter page") { Value = "http://localhost:16343" };
    public static Variable KibanaUrl { get; } = new(VariableKind.Text, DataLink.KibanaVariable, "Kibana") { Value = "http://localhost:5601" };

    /// <summary>The value before the reader chooses one; of a data source, its type.</summary>
    public string Value { get; private init; } = "$__all";

    /// <summary>Texts and values of a closed choice.</summary>
    public IReadOnlyList<(string Text, string Value)> Choices { get; private init; } = [];

    /// <summary>Series whose label values are the choices.</summary>
    public string Series { get; private init; } = "";

    /// <summary>Pattern of the choice "All" of a variable of labels; it must match the empty label where that is a value too.</summary>
    public string Pattern { get; init; } = Everything;

    /// <summary>The label whose values are the choices.</summary>
    public string Label { get; private init; } = "";

    /// <summary>The values of a label of a metric; several may be chosen, and all are at first.</summary>
    public static Variable OfLabel(string name, string title, MetricDefinition metric, string label, string matchers = "{job=~\"$job\", instance=~\"$instance\"}") =>
        new(VariableKind.Labels, name, title) { Series = metric.Name + matchers, Label = label };

    public static Variable OneOf(string name, string title, params (string Text, string Value)[] choices) =>
        new(VariableKind.Choice, name, title) { Value = choices[0].Value, Choices = choices };

    public static Variable OfText(string name, string title, string value) => new(VariableKind.Text, name, title) { Value = value };
}
