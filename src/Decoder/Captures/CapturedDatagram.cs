namespace SFlow.Captures;

/// <summary>A UDP datagram of a capture; a view that is valid until the next one is read.</summary>
public readonly ref struct CapturedDatagram
{
    /// <summary>The UDP payload, as far as captured.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Capture time in nanoseconds of Unix time; 0 where the capture has none.</summary>
    public long TimestampNanoseconds { get; init; }

    /// <summary>Address of the sender.</summary>
    public Address Source { get; init; }

    /// <summary>UDP port of the sender.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>UDP port to which it was sent.</summary>
    public ushort DestinationPort { get; init; }
}
