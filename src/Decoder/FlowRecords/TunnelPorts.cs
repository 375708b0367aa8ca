using System.Buffers.Binary;

namespace SFlow.FlowRecords;

/// <summary>
/// The UDP ports of a tunnel as they were on the network. Open vSwitch on little-endian machines puts the ports of 0:1023 and 0:1024 on
/// the wire with their two bytes swapped, so that VXLAN's 4789 arrives as 46354 and Geneve's 6081 as 49431. Nothing in the record says
/// so; the well-known port of a tunnel shows the byte order.
/// </summary>
/// <param name="Source">Source port.</param>
/// <param name="Destination">Destination port.</param>
/// <param name="AreSwapped">True when the bytes on the wire were swapped: <see cref="SampledIPv4.SourcePort"/> has them as they stood there.</param>
public readonly record struct TunnelPorts(ushort Source, ushort Destination, bool AreSwapped)
{
    private const ushort Vxlan = 4789, LinuxVxlan = 8472, Geneve = 6081, Stt = 7471, Lisp = 4341;

    /// <summary>The ports of a tunnel's outer packet; for an ordinary packet they are as on the wire.</summary>
    public static TunnelPorts Of(in SampledIPv4 outer)
    {
        ushort source = (ushort)outer.SourcePort.Value, destination = (ushort)outer.DestinationPort.Value;
        ushort swapped = BinaryPrimitives.ReverseEndianness(destination);
        return IsTunnel(swapped) && !IsTunnel(destination)
            ? new TunnelPorts(BinaryPrimitives.ReverseEndianness(source), swapped, true)
            : new TunnelPorts(source, destination, false);
    }

    private static bool IsTunnel(ushort port) => port is Vxlan or LinuxVxlan or Geneve or Stt or Lisp;
}
