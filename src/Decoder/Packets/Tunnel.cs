using SFlow.Internals;

namespace SFlow.Packets;

/// <summary>
/// What a sampled packet carries, when it is the outer packet of a tunnel. The packet inside is offered as a packet of its own, which
/// may carry a further one.
/// </summary>
public readonly ref struct Tunnel
{
    private const int UdpLength = 8, VxlanLength = 8, GeneveLength = 8, GreLength = 4, EspLength = 8, WordLength = 4;
    private const byte Udp = 17, IPv4InIP = 4, IPv6InIP = 41, Gre = 47, Esp = 50, MplsInIP = 137;

    private readonly int transportLength;
    private readonly uint wholeLength;

    private Tunnel(Tunnel tunnel, scoped in SampledPacket outer)
    {
        this = tunnel;
        transportLength = outer.Transport.Length;
        long whole = outer.MoreFragments ? 0 : (long)outer.IPLength - (outer.Network.Length - transportLength);
        wholeLength = (uint)Math.Max(0, whole);
    }

    private Tunnel(TunnelType type, ReadOnlySpan<byte> header, int length, uint innerProtocol)
    {
        Type = type;
        IsCut = header.Length < length;
        Payload = IsCut ? default : header[length..];
        InnerProtocol = innerProtocol;
    }

    /// <summary>The kind of tunnel.</summary>
    public TunnelType Type { get; }

    /// <summary>True when the sampled header ended inside the tunnel's header; nothing inside is known then.</summary>
    public bool IsCut { get; }

    /// <summary>Whether <see cref="Identifier"/> holds something.</summary>
    public bool HasIdentifier { get; private init; }

    /// <summary>Network identifier of VXLAN and Geneve, key of GRE, security parameters index of ESP.</summary>
    public uint Identifier { get; private init; }

    /// <summary>Options of Geneve; elsewhere none.</summary>
    public GeneveOptionEnumerator Options { get; private init; }

    /// <summary>The bytes inside, as far as sampled.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>What they begin with: one of <see cref="HeaderProtocol"/>, or 0 when that is not known.</summary>
    public uint InnerProtocol { get; }

    /// <summary>The EtherType that the header of GRE or Geneve names for the packet inside, as soon as its bytes are there; 0 elsewhere.</summary>
    public ushort InnerEtherType { get; private init; }

    /// <summary>Bytes inside on the network, by the length of the outer packet; 0 when unknown.</summary>
    public uint InnerLength
    {
        get
        {
            uint passed = (uint)(transportLength - Payload.Length);
            return Payload.IsEmpty || wholeLength <= passed ? 0 : wholeLength - passed;
        }
    }

    /// <summary>The packet inside; without fields when nothing is known of it.</summary>
    public SampledPacket Inner => SampledPacket.Dissect(InnerProtocol, Payload, InnerLength);

    /// <summary>Looks for a tunnel behind the packet's IP header; false when there is none, or only its later fragments.</summary>
    public static bool TryRead(SampledPacket outer, out Tunnel tunnel)
    {
        ReadOnlySpan<byte> transport = outer.Transport;
        bool isIP = (outer.Fields & (PacketFields.IPv4 | PacketFields.IPv6)) != PacketFields.None;
        tunnel = !isIP || outer.FragmentOffset != 0 || transport.IsEmpty ? default : outer.Protocol switch
        {
            IPv4InIP => new Tunnel(TunnelType.IPInIP, transport, 0, HeaderProtocol.IPv4),
            IPv6InIP => new Tunnel(TunnelType.IPInIP, transport, 0, HeaderProtocol.IPv6),
            MplsInIP => new Tunnel(TunnelType.MplsInIP, transport, 0, HeaderProtocol.Mpls),
            Gre => ReadGre(transport),
            Esp => ReadEsp(transport),
            Udp when outer.Has(PacketFields.UdpLength) => ReadUdp(outer.DestinationPort, transport),
            _ => default,
        };
        if (tunnel.Type == TunnelType.None) return false;
        tunnel = new Tunnel(tunnel, outer);
        // A port of UDP proves nothing: anybody may send from or to it.
        if (outer.Protocol != Udp || tunnel.IsCut || SampledPacket.CanBegin(tunnel.InnerProtocol, tunnel.Payload, tunnel.InnerLength)) return true;
        tunnel = default;
        return false;
    }

    private static Tunnel ReadUdp(ushort port, ReadOnlySpan<byte> udp)
    {
        ReadOnlySpan<byte> header = udp[Math.Min(UdpLength, udp.Length)..];
        return port switch
        {
            4789 or 8472 => ReadVxlan(header),
            6081 => ReadGeneve(header),
            _ => default,
        };
    }

    /// <summary>A header without the flag of a valid identifier is none of VXLAN's, whatever the port.</summary>
    private static Tunnel ReadVxlan(ReadOnlySpan<byte> header)
    {
        const byte HasNetwork = 0x08;
        if (header.Length < VxlanLength) return new Tunnel(TunnelType.Vxlan, header, VxlanLength, 0);
        if ((header[0] & HasNetwork) == 0) return default;
        return new Tunnel(TunnelType.Vxlan, header, VxlanLength, HeaderProtocol.Ethernet)
        {
            HasIdentifier = true, Identifier = Wire.UInt32(header, 4) >> 8,
        };
    }

    private static Tunnel ReadGeneve(ReadOnlySpan<byte> header)
    {
        if (header.Length < GeneveLength) return new Tunnel(TunnelType.Geneve, header, GeneveLength, 0) { InnerEtherType = header.Length >= 4 ? Wire.UInt16(header, 2) : (ushort)0 };
        if (header[0] >> 6 != 0) return default;
        int length = GeneveLength + (header[0] & 0x3F) * WordLength;
        return new Tunnel(TunnelType.Geneve, header, length, ProtocolOf(Wire.UInt16(header, 2)))
        {
            InnerEtherType = Wire.UInt16(header, 2),
            HasIdentifier = true,
            Identifier = Wire.UInt32(header, 4) >> 8,
            Options = new GeneveOptionEnumerator(header[GeneveLength..Math.Min(length, header.Length)]),
        };
    }

    /// <summary>Checksum, key, sequence and acknowledgement are optional words, each with a flag.</summary>
    private static Tunnel ReadGre(ReadOnlySpan<byte> header)
    {
        const byte HasChecksum = 0x80, HasKey = 0x20, HasSequence = 0x10, HasAcknowledgement = 0x80;
        if (header.Length < GreLength) return new Tunnel(TunnelType.Gre, header, GreLength, 0);
        int version = header[1] & 7;
        if (version > 1) return default;
        int key = GreLength + ((header[0] & HasChecksum) != 0 ? WordLength : 0);
        bool hasKey = (header[0] & HasKey) != 0;
        int length = key + (hasKey ? WordLength : 0)
            + ((header[0] & HasSequence) != 0 ? WordLength : 0)
            + (version == 1 && (header[1] & HasAcknowledgement) != 0 ? WordLength : 0);
        bool keyIsThere = hasKey && header.Length >= key + WordLength;
        return new Tunnel(TunnelType.Gre, header, length, ProtocolOf(Wire.UInt16(header, 2)))
        {
            InnerEtherType = Wire.UInt16(header, 2), HasIdentifier = keyIsThere, Identifier = keyIsThere ? Wire.UInt32(header, key) : 0,
        };
    }

    private static Tunnel ReadEsp(ReadOnlySpan<byte> header)
    {
        bool isThere = header.Length >= WordLength;
        return new Tunnel(TunnelType.Esp, header, EspLength, 0) { HasIdentifier = isThere, Identifier = isThere ? Wire.UInt32(header, 0) : 0 };
    }

    /// <summary>From an EtherType to the protocol of what follows: bridged Ethernet (and the form of it that one vendor uses), IP, MPLS, PPP.</summary>
    private static uint ProtocolOf(ushort etherType) => etherType switch
    {
        0x6558 or 0x6400 => HeaderProtocol.Ethernet,
        0x0800 => HeaderProtocol.IPv4,
        0x86DD => HeaderProtocol.IPv6,
        0x8847 or 0x8848 => HeaderProtocol.Mpls,
        0x880B => HeaderProtocol.Ppp,
        _ => 0,
    };
}
