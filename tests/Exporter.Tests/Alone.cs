namespace SFlow.Exporter.Tests;

/// <summary>Tests that weigh the whole process (allocations, ports, a full buffer): nothing else runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
