namespace SFlow.Exporter.Pipeline;

/// <summary>Lists what was skipped; a bounded number of entries, each of which only grows.</summary>
internal interface ISkippedStructures
{
    IReadOnlyList<SkippedStructure> Read();
}
