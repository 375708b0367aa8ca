using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>The places of the labels by which the page shows flows.</summary>
internal readonly record struct FlowLabels(int Source, int Destination, int Service)
{
    public static FlowLabels Of(IFamily family) =>
        new(family.PlaceOf(FamilyLabels.SourceNamespace), family.PlaceOf(FamilyLabels.DestinationNamespace), family.PlaceOf(FamilyLabels.ServerService));
}
