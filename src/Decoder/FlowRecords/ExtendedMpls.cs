using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>MPLS labels on both sides of a switch (sFlow version 5, <c>extended_mpls</c>). A label is a whole entry: label, class, bottom flag, TTL.</summary>
public readonly ref struct ExtendedMpls
{
    /// <summary>Data format 0:1006.</summary>
    public const uint Tag = 1006;

    /// <summary>Address of the next hop; all zero when unknown.</summary>
    public InternetAddress NextHop { get; private init; }

    /// <summary>Label stack of the packet as it came.</summary>
    public WordList InLabels { get; private init; }

    /// <summary>Label stack of the packet as it left.</summary>
    public WordList OutLabels { get; private init; }

    /// <summary>Reads the record; false when one of its parts is not there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedMpls record)
    {
        record = default;
        XdrReader reader = new(data);
        if (!reader.TryReadAddress(out InternetAddress hop)
            || !reader.TryReadWords(out WordList into)
            || !reader.TryReadWords(out WordList outOf))
        {
            return false;
        }
        record = new ExtendedMpls
        {
            NextHop = hop,
            InLabels = into,
            OutLabels = outOf,
        };
        return true;
    }
}
