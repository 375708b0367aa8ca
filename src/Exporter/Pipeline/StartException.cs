namespace SFlow.Exporter.Pipeline;

/// <summary>The program can't start; the message says what is in the way and what to do.</summary>
internal class StartException(string message, Exception? cause = null) : Exception(message, cause);
