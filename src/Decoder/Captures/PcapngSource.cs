using System.Buffers.Binary;

namespace SFlow.Captures;

/// <summary>The pcapng format: sections of blocks; interfaces are described by blocks of their own, unknown blocks are passed over.</summary>
internal sealed class PcapngSource(ChunkBuffer buffer) : IFrameSource
{
    private const uint SectionHeader = 0x0A0D_0D0A, ByteOrder = 0x1A2B_3C4D;
    private const uint InterfaceDescription = 1, ObsoletePacket = 2, SimplePacket = 3, EnhancedPacket = 6;
    private const int BlockHeaderLength = 8, TrailerLength = 4, MaximumInterfaces = 4_096;

    private readonly List<PcapngInterface> interfaces = [];
    private bool isBigEndian;

    public CaptureStatus Status { get; private set; }

    public static PcapngSource? Open(ChunkBuffer buffer, ReadOnlySpan<byte> magic) =>
        BinaryPrimitives.ReadUInt32BigEndian(magic) == SectionHeader ? new PcapngSource(buffer) : null;

    public bool TryRead(out Frame frame)
    {
        frame = default;
        while (Status == CaptureStatus.Ok && !buffer.IsAtEnd)
        {
            if (!buffer.TryPeek(BlockHeaderLength + TrailerLength, out ReadOnlySpan<byte> start)) return Stop();
            if (BinaryPrimitives.ReadUInt32BigEndian(start) == SectionHeader && !BeginSection(start)) return Stop();
            uint type = Word(start, 0), length = Word(start, 4);
            if (length < BlockHeaderLength + TrailerLength || length % 4 != 0) return Stop();
            if (type is not (InterfaceDescription or ObsoletePacket or SimplePacket or EnhancedPacket))
            {
                if (!buffer.TrySkip(length)) return Stop();
                continue;
            }
            if (length > ChunkBuffer.LargestPiece || !buffer.TryTake((int)length, out ReadOnlySpan<byte> block)) return Stop();
            ReadOnlySpan<byte> body = block[BlockHeaderLength..^TrailerLength];
            if (type == InterfaceDescription)
            {
                if (!Describe(body)) return Stop();
                continue;
            }
            return ReadFrame(type, body, out frame) || Stop();
        }
        return false;
    }

    private bool BeginSection(ReadOnlySpan<byte> start)
    {
        interfaces.Clear();
        isBigEndian = BinaryPrimitives.ReadUInt32BigEndian(start[BlockHeaderLength..]) == ByteOrder;
        return isBigEndian || BinaryPrimitives.ReadUInt32LittleEndian(start[BlockHeaderLength..]) == ByteOrder;
    }

    private bool ReadFrame(uint type, ReadOnlySpan<byte> body, out Frame frame)
    {
        frame = default;
        int fixedLength = type == SimplePacket ? 4 : 20;
        if (body.Length < fixedLength) return false;
        uint number = type switch { EnhancedPacket => Word(body, 0), ObsoletePacket => HalfWord(body, 0), _ => 0 };
        if (number >= (uint)interfaces.Count) return false;
        uint there = (uint)(body.Length - fixedLength);
        uint captured = type == SimplePacket ? Math.Min(Word(body, 0), there) : Word(body, 12);
        if (captured > there) return false;

        PcapngInterface from = interfaces[(int)number];
        long time = type == SimplePacket ? 0 : from.ToNanoseconds((ulong)Word(body, 4) << 32 | Word(body, 8));
        frame = new Frame(from.LinkType, time, body.Slice(fixedLength, (int)captured));
        return true;
    }

    private bool Describe(ReadOnlySpan<byte> body)
    {
        const ushort TimestampResolution = 9, TimestampOffset = 14;
        if (body.Length < 8 || interfaces.Count == MaximumInterfaces) return false;
        byte resolution = PcapngInterface.DefaultResolution;
        long offset = 0;
        for (ReadOnlySpan<byte> options = body[8..]; options.Length >= 4;)
        {
            ushort code = HalfWord(options, 0), length = HalfWord(options, 2);
            ReadOnlySpan<byte> value = options[4..];
            if (code == 0 || length > value.Length) break;
            if (code == TimestampResolution && length >= 1) resolution = value[0];
            if (code == TimestampOffset && length >= 8)
            {
                offset = isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value);
            }
            options = value[Math.Min((length + 3) & ~3, value.Length)..];
        }
        interfaces.Add(new PcapngInterface((LinkType)HalfWord(body, 0), resolution, offset));
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

    private ushort HalfWord(ReadOnlySpan<byte> bytes, int offset) => isBigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
}
