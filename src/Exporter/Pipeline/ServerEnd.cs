namespace SFlow.Exporter.Pipeline;

/// <summary>Which side of the packet is the server.</summary>
internal enum ServerEnd : byte { Unknown, Source, Destination }
