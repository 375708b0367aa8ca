using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Dashboards.Queries;

/// <summary>The metrics of families, by the family's type and what it sums: a family or a sum that does not exist does not compile or does not run.</summary>
internal static class Families
{
    public static MetricDefinition AcknowledgedBytes => Of<AcknowledgedFamily>(FlowFigure.Bytes);

    public static MetricDefinition LocalityBytes => Of<LocalityFamily>(FlowFigure.Bytes);

    public static MetricDefinition FlowBytes => Of<FlowFamily>(FlowFigure.Bytes);

    public static MetricDefinition PairBytes => Of<NamespacePairFamily>(FlowFigure.Bytes);

    public static MetricDefinition WorkloadBytes => Of<WorkloadFamily>(FlowFigure.Bytes);

    public static MetricDefinition NodeBytes => Of<NodeFamily>(FlowFigure.Bytes);

    public static MetricDefinition ExternalBytes => Of<ExternalFamily>(FlowFigure.Bytes);

    public static MetricDefinition Of<TFamily>(FlowFigure figure)
        where TFamily : struct, IFamilyDefinition<TFamily>
    {
        FamilyColumn column = TFamily.Columns.Single(column => column.Figure == figure);
        return new MetricDefinition(MetricType.Counter, $"{TFamily.Name}_{column.Name}_total", column.Help, [.. TFamily.Labels.Select(label => label.Name)]);
    }
}
