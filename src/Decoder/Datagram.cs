using SFlow.Internals;

namespace SFlow;

/// <summary>
/// One sFlow version 5 datagram: its header, and the way to its samples (sFlow version 5, <c>sample_datagram_v5</c>).
/// It is a view: nothing is copied, and it lives as long as the bytes.
/// </summary>
public readonly ref struct Datagram
{
    private const uint Version5 = 5, HighestVersion = 255, IPv4Type = 1, IPv6Type = 2;
    private const int FixedLength = 16;

    private readonly ReadOnlySpan<byte> afterAgent;

    private Datagram(Address agent, ReadOnlySpan<byte> afterAgent)
    {
        Agent = agent;
        this.afterAgent = afterAgent;
    }

    /// <summary>Address of the agent, as the agent claims it; all zero if it does not know its address (type 0). Then use the address of the sender.</summary>
    public Address Agent { get; }

    /// <summary>False where the agent does not name itself: its address is of type 0, 0.0.0.0 or ::.</summary>
    public bool HasAgent => Agent != default && Agent != Address.FromIPv4(0);

    /// <summary>The agent's address, or the sender's where the agent does not name itself.</summary>
    public Address AgentOr(Address sender) => HasAgent ? Agent : sender;

    /// <summary>Distinguishes several streams of datagrams from one agent.</summary>
    public uint SubAgentId => Wire.UInt32(afterAgent, 0);

    /// <summary>Number of the datagram, by sub-agent.</summary>
    public uint Sequence => Wire.UInt32(afterAgent, 4);

    /// <summary>Time since the agent started, in milliseconds.</summary>
    public uint UptimeMilliseconds => Wire.UInt32(afterAgent, 8);

    /// <summary>How many samples are announced.</summary>
    public uint SampleCount => Wire.UInt32(afterAgent, 12);

    /// <summary>The samples. A fresh walk from the first one at each call.</summary>
    public StructureEnumerator Samples =>
        new(Wire.From(afterAgent, FixedLength, afterAgent.Length - FixedLength), SampleCount, DecodeStatus.Truncated);

    /// <summary>Reads the header. <paramref name="datagram"/> may be used only when the result is <see cref="DecodeStatus.Ok"/>.</summary>
    public static DecodeStatus TryRead(ReadOnlySpan<byte> payload, out Datagram datagram)
    {
        datagram = default;
        if (payload.IsEmpty) return DecodeStatus.Empty;
        if (payload.Length < 4) return payload.TrimStart((byte)0).IsEmpty ? DecodeStatus.Truncated : DecodeStatus.NotSflow;
        uint version = Wire.UInt32(payload, 0);
        if (version != Version5) return OtherVersion(version, payload);

        if (payload.Length < 8) return DecodeStatus.Truncated;
        uint type = Wire.UInt32(payload, 4);
        if (type > IPv6Type) return DecodeStatus.BadAgentAddress;
        int end = type switch { IPv4Type => 12, IPv6Type => 24, _ => 8 };
        if (payload.Length < end + FixedLength) return DecodeStatus.Truncated;

        Address agent = type switch
        {
            IPv4Type => Address.FromIPv4(Wire.UInt32(payload, 8)),
            IPv6Type => Address.FromIPv6(payload, 8),
            _ => default,
        };
        datagram = new Datagram(agent, Wire.From(payload, end, payload.Length - end));
        return datagram.SampleCount > StructureEnumerator.MaximumCount ? DecodeStatus.AbsurdCount : DecodeStatus.Ok;
    }

    /// <summary>Versions 2 and 4 begin with the agent address too; samples without lengths follow, which is why they are not decoded.</summary>
    private static DecodeStatus OtherVersion(uint version, ReadOnlySpan<byte> payload)
    {
        if (version is 0 or > HighestVersion) return DecodeStatus.NotSflow;
        bool hasAgent = payload.Length >= 8 && Wire.UInt32(payload, 4) is (IPv4Type or IPv6Type);
        return version switch
        {
            2 when hasAgent => DecodeStatus.Version2,
            4 when hasAgent => DecodeStatus.Version4,
            _ => DecodeStatus.BadVersion,
        };
    }
}
