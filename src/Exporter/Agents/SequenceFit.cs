namespace SFlow.Exporter.Agents;

/// <summary>The place of a datagram in one life of an agent's sequence.</summary>
internal enum SequenceFit : byte
{
    /// <summary>Not of this life: too far ahead or behind, or its uptime contradicts it.</summary>
    Foreign,
    /// <summary>The next one, or one after a gap.</summary>
    Ahead,
    /// <summary>In the window, and not seen before.</summary>
    Late,
    /// <summary>Seen before with the same uptime, length and print.</summary>
    Duplicate,
    /// <summary>Another datagram had its number: one of the two is forged, or two agents share an address.</summary>
    Contested,
}
