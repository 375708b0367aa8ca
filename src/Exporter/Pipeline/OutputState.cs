namespace SFlow.Exporter.Pipeline;

/// <summary>Where a packet went on, as far as the agent knew when it took the sample.</summary>
internal enum OutputState : byte
{
    Unknown,
    /// <summary>By one interface.</summary>
    Interface,
    /// <summary>To the device itself.</summary>
    Device,
    /// <summary>Nowhere: the agent says that it dropped the packet.</summary>
    Discarded,
    /// <summary>By several interfaces.</summary>
    Several,
}
