namespace SFlow.Compare;

/// <summary>The comparison can't go on; the message says what to do.</summary>
internal sealed class CompareException(string message) : Exception(message);
