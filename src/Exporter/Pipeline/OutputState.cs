namespace SFlow.Exporter.Pipeline;

/// <summary>Output of a packet, as far as the agent knew it when it took the sample.</summary>
internal enum OutputState : byte
{
    Unknown,
    /// <summary>By one interface.</summary>
    Interface,
    /// <summary>To the device itself.</summary>
    Device,
    /// <summary>None: the agent reports that it dropped the packet.</summary>
    Discarded,
    /// <summary>By several interfaces.</summary>
    Several,
}
