namespace SFlow.Captures;

/// <summary>How reading a capture went.</summary>
public enum CaptureStatus : byte
{
    /// <summary>Everything could be read so far.</summary>
    Ok,

    /// <summary>Neither pcap nor pcapng.</summary>
    NotACapture,

    /// <summary>The file is truncated in the middle of a frame, or has an impossible length. Everything before is valid.</summary>
    TruncatedCapture,

    /// <summary>The frames are of a link type that is not known here.</summary>
    UnsupportedLinkType,
}
