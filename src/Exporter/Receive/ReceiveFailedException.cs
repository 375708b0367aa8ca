using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Receive;

/// <summary>The UDP port can't be had; the message names it and says what to do.</summary>
internal sealed class ReceiveFailedException(string message, Exception? cause = null) : StartException(message, cause);
