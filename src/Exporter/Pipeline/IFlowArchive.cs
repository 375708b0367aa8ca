using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Pipeline;

/// <summary>How far a reading of kept flows came.</summary>
/// <param name="Flows">Flows that were read.</param>
/// <param name="Complete">All of the time was read; otherwise a limit was reached, and the oldest are missing.</param>
internal readonly record struct ArchiveReading(long Flows, bool Complete);

/// <summary>The flows that the exporter keeps.</summary>
internal interface IFlowArchive
{
    /// <summary>Reads the flows with a namespace at either side, newest first.</summary>
    /// <param name="space">Label of the namespace.</param>
    /// <param name="from">Nanoseconds of Unix time.</param>
    /// <param name="take">Gets each flow.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="IOException">The flows can't be read; the message says why.</exception>
    Task<ArchiveReading> ReadAsync(string space, long from, Action<NamedFlow> take, CancellationToken cancellation);
}
