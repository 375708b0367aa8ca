using SFlow.Exporter.Pipeline;
using SFlow.FlowRecords;

namespace SFlow.Exporter.Decode;

/// <summary>
/// The packet of a sample with fields instead of a header (sFlow v5, <c>sampled_ethernet</c>, <c>sampled_ipv4</c>, <c>sampled_ipv6</c>), or with
/// a header without a readable IP packet. Fields from the header are kept.
/// </summary>
internal static class SampledFields
{
    private const byte Tcp = 6, Udp = 17, Sctp = 132;

    /// <summary>Returns false if the sample has none of these records.</summary>
    /// <param name="records">The sample's records.</param>
    /// <param name="hasHeader">Whether a header was sampled. Its length and link layer then take precedence.</param>
    /// <param name="record">Where the fields go.</param>
    public static bool TryStore(StructureEnumerator records, bool hasHeader, ref Flow record)
    {
        bool hasFrame = hasHeader, hasPacket = false;
        while (records.MoveNext())
        {
            ReadOnlySpan<byte> data = records.Current.Data;
            switch (records.Current.Tag)
            {
                case SampledEthernet.Tag when !hasFrame && SampledEthernet.TryRead(data, out SampledEthernet frame):
                    hasFrame = true;
                    Store(frame, ref record);
                    break;
                case SampledIPv4.Tag when !hasPacket && SampledIPv4.TryRead(data, out SampledIPv4 packet):
                    hasPacket = true;
                    Address source = packet.Source, destination = packet.Destination;
                    Store(source, destination, packet.IPLength, packet.Protocol, packet.TypeOfService, ref record);
                    StorePorts(packet.SourcePort, packet.DestinationPort, packet.TcpFlags, ref record);
                    record.Facts |= PacketFacts.IPv4;
                    break;
                case SampledIPv6.Tag when !hasPacket && SampledIPv6.TryRead(data, out SampledIPv6 packet):
                    hasPacket = true;
                    Store(packet.Source, packet.Destination, packet.IPLength, packet.Protocol, packet.Priority, ref record);
                    StorePorts(packet.SourcePort, packet.DestinationPort, packet.TcpFlags, ref record);
                    record.Facts |= PacketFacts.IPv6;
                    break;
            }
        }
        // Without a frame only the length of the IP packet is known. It is less than on the wire, but true.
        if (!hasFrame) record.FrameLength = record.IpLength;
        return hasFrame | hasPacket;
    }

    private static void Store(scoped in SampledEthernet frame, ref Flow record)
    {
        record.Facts |= PacketFacts.Ethernet;
        record.FrameLength = frame.FrameLength;
        record.SourceMac = frame.SourceMac;
        record.DestinationMac = frame.DestinationMac;
        record.EtherType = (ushort)frame.EtherType;
    }

    private static void Store(Address source, Address destination, uint length, uint protocol, uint service, ref Flow record)
    {
        record.Source = source;
        record.Destination = destination;
        record.IpLength = length;
        record.Protocol = (byte)protocol;
        record.Tos = (byte)service;
    }

    private static void StorePorts(uint source, uint destination, uint flags, ref Flow record)
    {
        if (record.Protocol is not (Tcp or Udp or Sctp)) return;
        record.Facts |= PacketFacts.Ports;
        record.SourcePort = (ushort)source;
        record.DestinationPort = (ushort)destination;
        record.TcpFlags = record.Protocol == Tcp ? (byte)flags : (byte)0;
    }
}
