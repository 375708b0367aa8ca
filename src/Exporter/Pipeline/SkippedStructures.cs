namespace SFlow.Exporter.Pipeline;

/// <summary>Where in a datagram a structure stood; the same number means something else in each place.</summary>
internal enum StructureKind : byte { Sample, FlowRecord, CounterRecord }

/// <summary>Structures of one type that were skipped.</summary>
internal readonly record struct SkippedStructure(StructureKind Kind, uint Enterprise, uint Format, long Count);

/// <summary>
/// Samples and records that nobody here reads, counted by type. Types come from the wire, so their number is bounded:
/// the first <see cref="MaximumTypes"/> have a count each, the rest share <see cref="Other"/>. One worker writes, any scrape reads.
/// </summary>
internal sealed class SkippedStructures
{
    public const int MaximumTypes = 256;

    private const int Slots = MaximumTypes * 2;
    private const ulong Used = 1UL << 63;

    private readonly ulong[] keys = new ulong[Slots];
    private readonly long[] counts = new long[Slots];
    private int types;
    private long other;

    /// <summary>Structures of types that found no room.</summary>
    public long Other => Volatile.Read(ref other);

    public void Count(StructureKind kind, uint tag)
    {
        ulong key = Used | (ulong)kind << 32 | tag;
        int slot = (int)(key * 0x9E37_79B9_7F4A_7C15 >> 55);
        while (keys[slot] != key)
        {
            if (keys[slot] == 0)
            {
                if (types == MaximumTypes)
                {
                    other++;
                    return;
                }
                types++;
                Volatile.Write(ref keys[slot], key);
                break;
            }
            slot = (slot + 1) % Slots;
        }
        counts[slot]++;
    }

    /// <summary>All types seen so far with their counts.</summary>
    public IEnumerable<SkippedStructure> Read()
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            ulong key = Volatile.Read(ref keys[slot]);
            if (key == 0) continue;
            uint tag = (uint)key;
            yield return new SkippedStructure((StructureKind)(byte)(key >> 32), tag >> 12, tag & 0xFFF, Volatile.Read(ref counts[slot]));
        }
    }
}
