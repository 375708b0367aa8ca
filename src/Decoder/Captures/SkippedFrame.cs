namespace SFlow.Captures;

/// <summary>Why a captured frame gave no datagram.</summary>
public enum SkippedFrame : byte
{
    /// <summary>No IPv4 or IPv6 packet, or one that is cut before its addresses.</summary>
    NotIP,

    /// <summary>IP, but not UDP (or cut before the UDP header's end).</summary>
    NotUdp,

    /// <summary>UDP to another port.</summary>
    OtherPort,

    /// <summary>A fragment of an IP packet of which other fragments are missing, overlap, or came too late.</summary>
    Fragment,

    /// <summary>A frame of a pcapng interface whose link type is not known here.</summary>
    UnsupportedLinkType,
}
