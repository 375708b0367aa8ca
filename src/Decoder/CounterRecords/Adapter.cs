using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>One network adapter (sFlow host structures, <c>host_adapter</c>).</summary>
public readonly ref struct Adapter
{
    private const int MacLength = 8;

    private readonly ReadOnlySpan<byte> macs;

    internal Adapter(scoped ref XdrReader reader)
    {
        Index = reader.UInt32();
        macs = reader.Array(MacLength);
    }

    /// <summary>ifIndex.</summary>
    public uint Index { get; }

    /// <summary>How many MAC addresses it has.</summary>
    public int MacCount => macs.Length / MacLength;

    /// <summary>The MAC address at a position, in the low 48 bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not below <see cref="MacCount"/>.</exception>
    public ulong Mac(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)MacCount, nameof(index));
        return Wire.Mac(macs, index * MacLength);
    }
}

/// <summary>Walks the adapters of a host.</summary>
public ref struct AdapterEnumerator
{
    private XdrReader reader;

    internal AdapterEnumerator(ReadOnlySpan<byte> adapters) => reader = new XdrReader(adapters);

    /// <summary>The adapter that <see cref="MoveNext"/> came to.</summary>
    public Adapter Current { readonly get; private set; }

    /// <summary>Goes to the next adapter.</summary>
    public bool MoveNext()
    {
        if (reader.Rest.IsEmpty) return false;
        Current = new Adapter(ref reader);
        return reader.IsSound;
    }
}
