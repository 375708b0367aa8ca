using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Where in the code the packet was discarded (sFlow dropped packet structures, <c>extended_function</c>).</summary>
public readonly ref struct ExtendedFunction
{
    /// <summary>Data format 0:1038.</summary>
    public const uint Tag = 1038;

    /// <summary>Name of the function, as bytes.</summary>
    public ReadOnlySpan<byte> Symbol { get; private init; }

    /// <summary>Reads the record; false when one of its parts is not there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedFunction record)
    {
        record = default;
        XdrReader reader = new(data);
        if (!reader.TryReadOpaque(out ReadOnlySpan<byte> symbol)) return false;
        record = new ExtendedFunction
        {
            Symbol = symbol,
        };
        return true;
    }
}
