using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>The slots of all keys at one moment, for all workers; never changed while a worker may read it.</summary>
/// <param name="Number">Grows with each directory of a family.</param>
/// <param name="Slots">Slots by key.</param>
internal sealed record FamilyDirectory(long Number, FlatTable Slots);
