using System.Buffers.Binary;

namespace SFlow.Captures;

/// <summary>The pcap format: one header, then frames; both byte orders, microseconds and nanoseconds.</summary>
internal sealed class PcapSource : IFrameSource
{
    private const uint Microseconds = 0xA1B2_C3D4, Nanoseconds = 0xA1B2_3C4D;
    private const int HeaderLength = 24, FrameHeaderLength = 16;

    private readonly ChunkBuffer buffer;
    private readonly bool isBigEndian;
    private readonly int nanosecondsPerUnit;
    private readonly LinkType linkType;

    private PcapSource(ChunkBuffer buffer, bool bigEndian, int unit)
    {
        this.buffer = buffer;
        isBigEndian = bigEndian;
        nanosecondsPerUnit = unit;
        if (!buffer.TryTake(HeaderLength, out ReadOnlySpan<byte> header))
        {
            Status = CaptureStatus.TruncatedCapture;
            return;
        }
        linkType = (LinkType)(ushort)Word(header, 20);
        if (!Links.IsKnown(linkType)) Status = CaptureStatus.UnsupportedLinkType;
    }

    public CaptureStatus Status { get; private set; }

    /// <summary>A source for a file that begins with one of pcap's four magic numbers, else null.</summary>
    public static PcapSource? Open(ChunkBuffer buffer, ReadOnlySpan<byte> magic)
    {
        uint big = BinaryPrimitives.ReadUInt32BigEndian(magic), little = BinaryPrimitives.ReadUInt32LittleEndian(magic);
        bool bigEndian = big is Microseconds or Nanoseconds;
        return (bigEndian ? big : little) switch
        {
            Microseconds => new PcapSource(buffer, bigEndian, 1_000),
            Nanoseconds => new PcapSource(buffer, bigEndian, 1),
            _ => null,
        };
    }

    public bool TryRead(out Frame frame)
    {
        frame = default;
        if (Status != CaptureStatus.Ok || buffer.IsAtEnd) return false;
        if (!buffer.TryPeek(FrameHeaderLength, out ReadOnlySpan<byte> header)) return Stop();
        uint captured = Word(header, 8);
        if (captured > ChunkBuffer.LargestPiece - FrameHeaderLength) return Stop();
        if (!buffer.TryTake(FrameHeaderLength + (int)captured, out ReadOnlySpan<byte> whole)) return Stop();
        long time = Word(whole, 0) * 1_000_000_000L + Word(whole, 4) * (long)nanosecondsPerUnit;
        frame = new Frame(linkType, time, whole[FrameHeaderLength..]);
        return true;
    }

    private bool Stop()
    {
        Status = CaptureStatus.TruncatedCapture;
        return false;
    }

    private uint Word(ReadOnlySpan<byte> bytes, int offset) => isBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
