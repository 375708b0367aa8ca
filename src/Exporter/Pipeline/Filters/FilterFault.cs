namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>Why a text is no filter, and where.</summary>
/// <param name="Detail">A sentence that says what to do.</param>
/// <param name="Position">Begin of the wrong part, in UTF-16 code units from 0.</param>
/// <param name="Length">Length of the wrong part.</param>
/// <param name="Suggestion">What probably belongs there; null if that is unknown.</param>
/// <param name="Allowed">What may be there.</param>
internal sealed record FilterFault(string Detail, int Position, int Length, string? Suggestion, string Allowed);
