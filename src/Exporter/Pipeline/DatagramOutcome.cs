namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Result of a datagram: why it was not used, or only in part (decode statuses). Closed set; the names become label values in snake_case.
/// </summary>
internal enum DatagramOutcome : byte
{
    Ok,
    /// <summary>A UDP datagram without payload.</summary>
    Empty,
    /// <summary>Longer than the receive buffer: truncated by the kernel.</summary>
    TooLong,
    /// <summary>Not sFlow at all.</summary>
    NotSflow,
    /// <summary>sFlow with a version that does not exist.</summary>
    BadVersion,
    /// <summary>sFlow version 2, which is not decoded.</summary>
    Version2,
    /// <summary>sFlow version 4, which is not decoded.</summary>
    Version4,
    /// <summary>Agent address of unknown type.</summary>
    BadAgentAddress,
    /// <summary>Truncated. Whole samples before the end are used.</summary>
    Truncated,
    /// <summary>Lengths or counts contradict each other. Whole samples before the fault are used.</summary>
    Malformed,
    /// <summary>More samples or records than a datagram can hold.</summary>
    AbsurdCount,
    /// <summary>The same datagram again.</summary>
    Duplicate,
    /// <summary>The agent is not in the allow-list.</summary>
    AgentNotAllowed,
    /// <summary>The registry of agents is full.</summary>
    TooManyAgents,
}
