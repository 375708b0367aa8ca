namespace SFlow.Exporter.Pipeline;

/// <summary>Position of a structure in a datagram. The same number has a different meaning in each position.</summary>
internal enum StructureKind : byte { Sample, FlowRecord, CounterRecord }

/// <summary>Structures of one type that were skipped.</summary>
internal readonly record struct SkippedStructure(StructureKind Kind, uint Enterprise, uint Format, long Count);

/// <summary>
/// Unsupported samples and records, counted by type. Types come from the wire, so their number is bounded: the first
/// <see cref="MaximumTypes"/> have their own count, the rest share <see cref="Other"/>. One worker writes, any scrape reads.
/// </summary>
/// <remarks>A sender chooses the types. The hash has a secret seed and a search has a limit, so no choice makes a structure expensive.</remarks>
internal sealed class SkippedStructures
{
    public const int MaximumTypes = 256;

    /// <summary>Maximum slots of a search. At most an eighth of the table is in use, so a search practically always finds a slot.</summary>
    private const int MaximumProbes = 16;

    private const int Slots = MaximumTypes * 8;
    private const ulong Used = 1UL << 63;

    private readonly ulong seed, multiplier;
    private readonly ulong[] keys = new ulong[Slots];
    private readonly long[] counts = new long[Slots];
    private int types;
    private long other;

    public SkippedStructures()
        : this((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64())
    {
    }

    /// <summary>With a given seed, for tests.</summary>
    internal SkippedStructures(ulong seed, ulong multiplier)
    {
        this.seed = seed;
        this.multiplier = multiplier | 1;
    }

    /// <summary>Structures of types beyond the limit.</summary>
    public long Other => Volatile.Read(ref other);

    public void Count(StructureKind kind, uint tag)
    {
        ulong key = Used | (ulong)kind << 32 | tag;
        int slot = SlotOf(key);
        for (int probes = 0; keys[slot] != key; probes++)
        {
            bool isFree = keys[slot] == 0;
            if (probes == MaximumProbes || isFree && types == MaximumTypes)
            {
                other++;
                return;
            }
            if (isFree)
            {
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

    private int SlotOf(ulong key)
    {
        ulong upper = Math.BigMul(key ^ seed, multiplier, out ulong lower);
        return (int)((upper ^ lower) * 0x9E37_79B9_7F4A_7C15 >> 53);
    }
}
