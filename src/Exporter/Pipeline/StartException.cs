namespace SFlow.Exporter.Pipeline;

/// <summary>The program cannot start. The message gives the reason and says what to do.</summary>
internal class StartException(string message, Exception? cause = null) : Exception(message, cause);
