using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>The TCP port cannot be bound. The message names the port and says what to do.</summary>
internal sealed class ListenFailedException(string message, Exception? cause = null) : StartException(message, cause);
