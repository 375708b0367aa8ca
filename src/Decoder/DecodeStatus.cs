namespace SFlow;

/// <summary>What became of a datagram: the closed set of outcomes of decoding.</summary>
public enum DecodeStatus : byte
{
    /// <summary>Everything that was announced is there. Bytes after the last sample are allowed.</summary>
    Ok,

    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>The first word is no version of sFlow.</summary>
    NotSflow,

    /// <summary>The first word may be a version of sFlow, but it is none of 2, 4 and 5.</summary>
    BadVersion,

    /// <summary>sFlow version 2 (RFC 3176), which is recognised and not decoded.</summary>
    Version2,

    /// <summary>sFlow version 4, which is recognised and not decoded.</summary>
    Version4,

    /// <summary>The agent address is neither unknown (type 0) nor IPv4 (type 1) nor IPv6 (type 2).</summary>
    BadAgentAddress,

    /// <summary>The datagram is truncated. Samples before its end are whole.</summary>
    Truncated,

    /// <summary>Lengths inside a sample contradict each other; samples and records before the fault are whole.</summary>
    Malformed,

    /// <summary>More samples or records are announced than any datagram could hold.</summary>
    AbsurdCount,
}
