using SFlow.Captures;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

public sealed class CaptureReaderTests
{
    private const long Second = 1_000_000_000;
    private static readonly byte[] First = "first datagram"u8.ToArray(), Other = [.. Enumerable.Range(0, 1_400).Select(i => (byte)i)];

    private sealed record Read(byte[] Payload, long Time, string Source, int SourcePort, int Port);

    private static (List<Read> Datagrams, CaptureReader Reader) ReadAll(byte[] file, ushort port = CaptureReader.SFlowPort)
    {
        List<Read> datagrams = [];
        using CaptureReader reader = new(new MemoryStream(file), port);
        while (reader.TryRead(out CapturedDatagram one))
        {
            datagrams.Add(new Read(one.Payload.ToArray(), one.TimestampNanoseconds, one.Source.ToString(), one.SourcePort, one.DestinationPort));
        }
        return (datagrams, reader);
    }

    private static void HoldsBoth(byte[] file, params long[] times)
    {
        (List<Read> datagrams, CaptureReader reader) = ReadAll(file);
        Assert.Equal(CaptureStatus.Ok, reader.Status);
        Assert.Equal([First, Other], datagrams.Select(datagram => datagram.Payload));
        Assert.All(datagrams, one => Assert.Equal((CaptureBuilder.Sender, CaptureBuilder.SenderPort, CaptureBuilder.SFlowPort), (one.Source, one.SourcePort, one.Port)));
        Assert.Equal(times, datagrams.Select(datagram => datagram.Time));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Pcap_of_both_byte_orders_and_resolutions(bool bigEndian, bool nanoseconds) =>
        HoldsBoth(
            CaptureBuilder.PcapOfFrames(1, [CaptureBuilder.Frame(First), CaptureBuilder.Frame(Other)], bigEndian, nanoseconds),
            Second * Second, Second * (Second + 1) + (nanoseconds ? 1 : 1_000));

    public static TheoryData<uint, byte[]> Links() => new()
    {
        { 0, [2, 0, 0, 0] },
        { 101, [] },
        { 108, [0, 0, 0, 2] },
        { 113, [0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0] },
        { 113, [0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 0x81, 0, 0, 7, 8, 0] },
        { 228, [] },
        { 276, [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Links))]
    public void Every_known_link_type(uint linkType, byte[] linkHeader) =>
        HoldsBoth(
            CaptureBuilder.PcapOfFrames(linkType, [[.. linkHeader, .. CaptureBuilder.Packet(First)], [.. linkHeader, .. CaptureBuilder.Packet(Other)]]),
            Second * Second, Second * (Second + 1) + 1_000);

    [Theory]
    [InlineData(false, null, 1_000L)]
    [InlineData(true, null, 1_000L)]
    [InlineData(true, (byte)9, 1L)]
    [InlineData(false, (byte)3, 1_000_000L)]
    [InlineData(false, (byte)0x80, 1_000_000_000L)]
    public void Pcapng_of_both_byte_orders_and_any_resolution(bool bigEndian, byte? resolution, long nanosecondsPerUnit) =>
        HoldsBoth(
            [
                .. CaptureBuilder.SectionHeader(bigEndian), .. CaptureBuilder.Block(0x0BAD, new byte[300_000], bigEndian),
                .. CaptureBuilder.InterfaceBlock(113, null, bigEndian), .. CaptureBuilder.InterfaceBlock(1, resolution, bigEndian),
                .. CaptureBuilder.EnhancedPacket(1, 5_000_000_000, CaptureBuilder.Frame(First), bigEndian),
                .. CaptureBuilder.EnhancedPacket(1, 5_000_000_007, CaptureBuilder.Frame(Other), bigEndian),
            ],
            5_000_000_000 * nanosecondsPerUnit, 5_000_000_007 * nanosecondsPerUnit);

    [Fact]
    public void A_second_section_of_pcapng_may_have_the_other_byte_order() =>
        HoldsBoth(
            [
                .. CaptureBuilder.SectionHeader(), .. CaptureBuilder.InterfaceBlock(1), .. CaptureBuilder.EnhancedPacket(0, 1, CaptureBuilder.Frame(First)),
                .. CaptureBuilder.SectionHeader(true), .. CaptureBuilder.InterfaceBlock(101, null, true), .. CaptureBuilder.EnhancedPacket(0, 2, CaptureBuilder.Packet(Other), true),
            ],
            1_000, 2_000);

    [Fact]
    public void IPv6_senders_are_read()
    {
        byte[] packet = PacketBuilder.IPv6("fd00::7", "fd00::8", 17, PacketBuilder.Udp(9, 6343, First));
        Read one = Assert.Single(ReadAll(CaptureBuilder.PcapOfFrames(1, [PacketBuilder.Ethernet(0x86DD, packet, 12)])).Datagrams);
        Assert.Equal(("fd00::7", 9), (one.Source, one.SourcePort));
        Assert.Equal(First, one.Payload);
    }

    [Fact]
    public void Other_ports_are_left_out_unless_any_is_wanted()
    {
        byte[] file = CaptureBuilder.PcapOfFrames(1, [CaptureBuilder.Frame(First, 53)]);
        (List<Read> none, CaptureReader reader) = ReadAll(file);
        Assert.Equal((0, 1), (none.Count, reader.Skipped(SkippedFrame.OtherPort)));
        Assert.Equal(53, Assert.Single(ReadAll(file, 0).Datagrams).Port);
        Assert.Equal(53, Assert.Single(ReadAll(file, 53).Datagrams).Port);
    }

    [Fact]
    public void Frames_without_a_datagram_are_counted_by_reason()
    {
        byte[] udp = PacketBuilder.Udp(1, 6343, First);
        (List<Read> datagrams, CaptureReader reader) = ReadAll(CaptureBuilder.PcapOfFrames(1,
        [
            PacketBuilder.Ethernet(0x0806, new byte[28]), [], [1, 2, 3], PacketBuilder.TcpFrame(), CaptureBuilder.Frame([])[..^3],
            PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 17, udp, fragment: 3)),
        ]));
        Assert.Empty(datagrams);
        Assert.Equal((3, 2, 1), (reader.Skipped(SkippedFrame.NotIP), reader.Skipped(SkippedFrame.NotUdp), reader.Skipped(SkippedFrame.Fragment)));
    }

    [Fact]
    public void Fragments_of_a_datagram_are_one_datagram_again()
    {
        byte[] large = [.. Enumerable.Range(0, 4_001).Select(i => (byte)(i * 7))];
        byte[] udp = PacketBuilder.Udp(40_001, 6343, large);
        byte[][] frames =
        [
            Fragment("10.0.0.1", udp, 0, 1_480), Fragment("10.0.0.2", udp, 0, 1_480), Fragment("10.0.0.1", udp, 1_480, 2_960),
            Fragment("10.0.0.1", udp, 2_960, udp.Length), Fragment("10.0.0.2", udp, 2_960, udp.Length),
        ];
        (List<Read> datagrams, CaptureReader reader) = ReadAll(CaptureBuilder.PcapOfFrames(1, frames));
        Read one = Assert.Single(datagrams);
        Assert.Equal(("10.0.0.1", large.Length), (one.Source, one.Payload.Length));
        Assert.Equal(large, one.Payload);
        Assert.Equal(2, reader.Skipped(SkippedFrame.Fragment));
    }

    [Fact]
    public void Fragments_without_end_are_bounded()
    {
        byte[] udp = PacketBuilder.Udp(1, 6343, new byte[2_000]);
        byte[][] frames = [.. Enumerable.Range(0, 1_000).Select(i => Fragment($"10.0.{i / 250}.{i % 250}", udp, 0, 1_480))];
        (List<Read> datagrams, CaptureReader reader) = ReadAll(CaptureBuilder.PcapOfFrames(1, frames));
        Assert.Equal((0, 1_000), (datagrams.Count, reader.Skipped(SkippedFrame.Fragment)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("%PDF-1.7 and so on")]
    public void Another_file_is_no_capture(string text) =>
        Assert.Equal(CaptureStatus.NotACapture, ReadAll(System.Text.Encoding.ASCII.GetBytes(text)).Reader.Status);

    [Fact]
    public void An_unknown_link_type_is_said()
    {
        Assert.Equal(CaptureStatus.UnsupportedLinkType, ReadAll(CaptureBuilder.PcapOfFrames(105, [CaptureBuilder.Frame(First)])).Reader.Status);
        byte[] pcapng = [.. CaptureBuilder.SectionHeader(), .. CaptureBuilder.InterfaceBlock(105), .. CaptureBuilder.EnhancedPacket(0, 1, CaptureBuilder.Frame(First))];
        Assert.Equal(CaptureStatus.UnsupportedLinkType, ReadAll(pcapng).Reader.Status);
    }

    /// <summary>Cut anywhere, a capture gives the frames before the cut, and its status unless the cut is between two frames.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cut_capture_gives_what_came_before(bool pcapng)
    {
        byte[] start = pcapng ? [.. CaptureBuilder.SectionHeader(), .. CaptureBuilder.InterfaceBlock(1)] : CaptureBuilder.Pcap();
        byte[] one = pcapng ? CaptureBuilder.EnhancedPacket(0, 1, CaptureBuilder.Frame(First)) : CaptureBuilder.Pcap(First)[24..];
        byte[] file = [.. start, .. one, .. one];
        int[] sound = [.. pcapng ? [CaptureBuilder.SectionHeader().Length] : Array.Empty<int>(), start.Length, start.Length + one.Length, file.Length];
        for (int length = 4; length <= file.Length; length++)
        {
            (List<Read> datagrams, CaptureReader reader) = ReadAll(file[..length]);
            Assert.Equal(sound.Contains(length) ? CaptureStatus.Ok : CaptureStatus.TruncatedCapture, reader.Status);
            Assert.Equal(Math.Max(0, (length - start.Length) / one.Length), datagrams.Count);
        }
    }

    [Fact]
    public void A_wrong_byte_anywhere_crashes_nothing()
    {
        byte[] pcapng = [.. CaptureBuilder.SectionHeader(), .. CaptureBuilder.InterfaceBlock(1, 9), .. CaptureBuilder.EnhancedPacket(0, 1, CaptureBuilder.Frame(First))];
        foreach (byte[] file in (byte[][])[pcapng, CaptureBuilder.Pcap(First, Other[..40])])
        {
            for (int at = 0; at < file.Length; at++)
            {
                for (int value = 1; value < 256; value++)
                {
                    file[at] ^= (byte)value;
                    Assert.InRange(ReadAll(file, 0).Datagrams.Count, 0, 2);
                    file[at] ^= (byte)value;
                }
            }
        }
    }

    [Fact]
    public void Reading_allocates_nothing_for_a_datagram()
    {
        using CaptureReader reader = new(new MemoryStream(CaptureBuilder.Pcap(Enumerable.Repeat(Other, 2_000))));
        long payload = 0;
        void ReadSome()
        {
            for (int i = 0; i < 300 && reader.TryRead(out CapturedDatagram one); i++) payload += one.Payload.Length;
        }
        ReadSome();
        Assert.Equal(0, Allocated.Least(ReadSome));
        Assert.Equal(6L * 300 * Other.Length, payload);
    }

    private static byte[] Fragment(string source, byte[] udp, int from, int to)
    {
        ushort fragment = (ushort)((to < udp.Length ? 0x2000 : 0) | from / 8);
        byte[] frame = PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4(source, "192.0.2.254", 17, udp[from..to], fragment));
        return frame.Length < 60 ? [.. frame, .. new byte[60 - frame.Length]] : frame;
    }
}
