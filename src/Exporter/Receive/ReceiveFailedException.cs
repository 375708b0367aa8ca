using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Receive;

/// <summary>The UDP port cannot be bound. The message names the port and says what to do.</summary>
internal sealed class ReceiveFailedException(string message, Exception? cause = null) : StartException(message, cause);
