using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>The TCP port can't be had; the message names it and says what to do.</summary>
internal sealed class ListenFailedException(string message, Exception? cause = null) : StartException(message, cause);
