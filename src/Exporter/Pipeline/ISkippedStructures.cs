namespace SFlow.Exporter.Pipeline;

/// <summary>What kind of structure was skipped. Closed set; the names become label values in snake_case.</summary>
internal enum StructureKind : byte { Sample, FlowRecord, CounterRecord }

/// <summary>A structure that is skipped by its length because we do not read it, and how often it came.</summary>
/// <param name="Kind">Where in the datagram it stood.</param>
/// <param name="Enterprise">Enterprise number, 20 bits; 0 is sFlow.org.</param>
/// <param name="Format">Format within the enterprise, 12 bits.</param>
/// <param name="Count">Times seen since start, all workers.</param>
internal readonly record struct SkippedStructure(StructureKind Kind, uint Enterprise, uint Format, long Count);

/// <summary>Lists what was skipped; a bounded number of entries, each of which only grows.</summary>
internal interface ISkippedStructures
{
    IReadOnlyList<SkippedStructure> Read();
}
