using System.Numerics;
using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// A map from 128-bit keys to numbers by open addressing with linear probing: two cache lines a look-up, no allocation but growth.
/// One writer; concurrent readers only once it is no longer written.
/// </summary>
internal sealed class FlatTable
{
    private struct Slot
    {
        public ulong High, Low;
        /// <summary>Value plus one in the lower half, so that an empty slot is all zero; set last.</summary>
        public long Stored;
    }

    private Slot[] slots;

    public FlatTable(int expected = 16) => slots = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expected * 2))];

    public int Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ulong high, ulong low, out int value)
    {
        Slot[] table = slots;
        int mask = table.Length - 1;
        for (int at = (int)Hash(high, low) & mask; ; at = (at + 1) & mask)
        {
            ref readonly Slot slot = ref table[at];
            if (slot.Stored == 0) { value = 0; return false; }
            if (slot.Low == low && slot.High == high) { value = (int)(slot.Stored - 1 + int.MinValue); return true; }
        }
    }

    /// <summary>Adds the key, or leaves what it had; returns false when it was there.</summary>
    public bool TryAdd(ulong high, ulong low, int value)
    {
        if (TryFind(high, low, out _)) return false;
        if (Count * 2 >= slots.Length) Grow();
        Place(slots, new Slot { High = high, Low = low, Stored = (long)value - int.MinValue + 1 });
        Count++;
        return true;
    }

    /// <summary>Gives the key this value, whatever it had.</summary>
    public void Set(ulong high, ulong low, int value)
    {
        if (TryAdd(high, low, value)) return;
        int mask = slots.Length - 1;
        int at = (int)Hash(high, low) & mask;
        while (slots[at].Low != low || slots[at].High != high) at = (at + 1) & mask;
        slots[at].Stored = (long)value - int.MinValue + 1;
    }

    private void Grow()
    {
        Slot[] grown = new Slot[slots.Length * 2];
        foreach (ref readonly Slot slot in slots.AsSpan())
            if (slot.Stored != 0) Place(grown, slot);
        slots = grown;
    }

    private static void Place(Slot[] table, in Slot slot)
    {
        int mask = table.Length - 1;
        int at = (int)Hash(slot.High, slot.Low) & mask;
        while (table[at].Stored != 0) at = (at + 1) & mask;
        table[at] = slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ulong high, ulong low)
    {
        ulong mixed = low ^ high * 0x9E37_79B9_7F4A_7C15;
        return (uint)((mixed ^ mixed >> 32) * 0xD6E8_FEB8_6659_FD93 >> 32);
    }
}
