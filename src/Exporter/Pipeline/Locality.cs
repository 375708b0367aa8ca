namespace SFlow.Exporter.Pipeline;

/// <summary>How far source and destination of a packet are apart.</summary>
internal enum Locality : byte
{
    /// <summary>
    /// The node or zone of one side is not known: the address or node port of a Service, a private address that no network names, or a node without a
    /// label for its zone.
    /// </summary>
    Unknown,
    SameNode,
    /// <summary>Two nodes of one zone.</summary>
    SameZone,
    /// <summary>Two zones of one region, or of regions that no label names.</summary>
    CrossZone,
    CrossRegion,
    /// <summary>A public address on either side.</summary>
    Internet,
    /// <summary>A network that the configuration names; the label value is the network's own.</summary>
    Network,
}
