using System.Net;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>
/// Samples of what the demo's cluster does not do: a scan of ports that are refused, calls to many addresses, and packets with a VLAN tag and a code point.
/// They are those of one more sub-agent of the demo's first node.
/// </summary>
internal static class DoubtfulTraffic
{
    public const string Scanner = "10.128.0.24", Scanned = "10.128.0.21";
    public const int Ports = 60, Peers = 40, Marked = 40;

    /// <summary>The sampling rate of the demo.</summary>
    public const int Rate = 32;

    private const byte Syn = 0x02, ResetAndAcknowledge = 0x14, ExpeditedForwarding = 46 << 2;
    private const ushort Vlan = 100;

    public static byte[] Capture() => CaptureBuilder.Pcap(Packets().Chunk(5).Select((frames, datagram) => Datagram(frames, datagram)));

    private static IEnumerable<byte[]> Packets()
    {
        for (int port = 1; port <= Ports; port++)
        {
            yield return Tcp(Scanner, Scanned, 40_000, 7_000 + port, Syn);
            yield return Tcp(Scanned, Scanner, 7_000 + port, 40_000, ResetAndAcknowledge);
        }
        for (int peer = 100; peer < 100 + Peers; peer++) yield return Tcp(Scanner, $"10.128.2.{peer}", 40_001, 22, Syn);
        for (int i = 0; i < Marked; i++)
        {
            byte[] packet = PacketBuilder.IPv4("10.128.0.17", "10.128.0.19", 17, PacketBuilder.Udp(40_002, 8_080, new byte[100]));
            packet[1] = ExpeditedForwarding;
            yield return PacketBuilder.Ethernet(0x0800, packet, Vlan);
        }
    }

    private static byte[] Tcp(string source, string destination, int sourcePort, int destinationPort, byte flags) =>
        PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4(source, destination, 6, PacketBuilder.Tcp((ushort)sourcePort, (ushort)destinationPort, flags: flags)));

    private static byte[] Datagram(byte[][] frames, int number)
    {
        DatagramBuilder datagram = new() { Agent = IPAddress.Parse("10.128.0.2"), SubAgentId = 9, Sequence = (uint)number + 1, Uptime = 1_000 + 100 * (uint)number };
        for (int i = 0; i < frames.Length; i++)
        {
            uint sequence = (uint)(number * 5 + i + 1);
            datagram.Add(new FlowSampleBuilder { Sequence = sequence, SamplingRate = Rate, SamplePool = Rate * sequence, Source = (2, 1_009) }.AddHeader(frames[i], frameLength: (uint)frames[i].Length + 4));
        }
        return datagram.Build();
    }
}
