namespace SFlow.Exporter.Pipeline;

/// <summary>Why a sample is not counted although its datagram was sound. The member names become label values in snake_case.</summary>
internal enum SampleFault : byte
{
    None,
    ZeroSamplingRate,
    SamplingRateTooHigh,
    StrippedAboveFrameLength,
    FrameTooLong,
    NoSampledHeader,
    /// <summary>The sampling rate is above what the agent had, and its sample pool did not grow to match.</summary>
    SamplingRateJump,
    /// <summary>More traffic within a second than an agent can carry (<c>--max-agent-bandwidth</c>).</summary>
    BandwidthTooHigh,
}
