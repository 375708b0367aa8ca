using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Name of the port whose counters stand beside it (sFlow OpenFlow structures, <c>port_name</c>).</summary>
public readonly ref struct PortName
{
    /// <summary>Data format 0:1005.</summary>
    public const uint Tag = 1005;

    private PortName(ReadOnlySpan<byte> name) => Name = name;

    /// <summary>The name's bytes, as the agent gave them: not checked to be UTF-8, nor to be printable.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Reads the record; false when it is too short for the name that it announces.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out PortName record)
    {
        bool whole = new XdrReader(data).TryReadOpaque(out ReadOnlySpan<byte> name);
        record = new PortName(name);
        return whole;
    }
}
