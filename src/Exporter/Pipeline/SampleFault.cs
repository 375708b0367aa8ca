namespace SFlow.Exporter.Pipeline;

/// <summary>Reason to reject a sample of a valid datagram. The member names become label values in snake_case.</summary>
internal enum SampleFault : byte
{
    None,
    ZeroSamplingRate,
    SamplingRateTooHigh,
    StrippedAboveFrameLength,
    FrameTooLong,
    NoSampledHeader,
    /// <summary>The sampling rate is higher than before, and the sample pool of the agent did not grow accordingly.</summary>
    SamplingRateJump,
    /// <summary>More traffic within a second than an agent can carry (<c>--max-agent-bandwidth</c>).</summary>
    BandwidthTooHigh,
}
