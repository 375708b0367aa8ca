namespace SFlow.Exporter.Pipeline;

/// <summary>Where an endpoint is, as numbers that compare: the same name has the same number, 0 is not known.</summary>
internal readonly record struct EndpointLocation(int Node, int Zone, int Region);
