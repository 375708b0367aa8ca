namespace SFlow.Captures;

/// <summary>One captured frame, before anything in it is looked at.</summary>
internal readonly ref struct Frame(LinkType linkType, long timestampNanoseconds, ReadOnlySpan<byte> bytes)
{
    public LinkType LinkType { get; } = linkType;
    public long TimestampNanoseconds { get; } = timestampNanoseconds;
    public ReadOnlySpan<byte> Bytes { get; } = bytes;
}

/// <summary>A file format that holds frames.</summary>
internal interface IFrameSource
{
    CaptureStatus Status { get; }

    /// <summary>The next frame; false at the end or when <see cref="Status"/> says why not.</summary>
    bool TryRead(out Frame frame);
}
