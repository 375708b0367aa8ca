using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>The store can't be used as configured; the message says why and what to do, and is meant for the operator.</summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : StartException(message, inner);
