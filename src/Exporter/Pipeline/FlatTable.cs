using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// A map from 128-bit keys to numbers by open addressing with linear probing. It allocates only to grow. Keys of 64 bits (all except IPv6
/// addresses) have their own table, with four slots per cache line. One writer; concurrent readers only after the last write.
/// </summary>
internal sealed class FlatTable(int expected = 16)
{
    private const int Smallest = 16;

    private Slots<ulong> narrow = new(expected);
    private Slots<(ulong High, ulong Low)> wide = new(Smallest);

    public int Count => narrow.Count + wide.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ulong high, ulong low, out int value) =>
        high == 0 ? narrow.TryFind(low, Hash(low), out value) : wide.TryFind((high, low), Hash(high, low), out value);

    /// <summary>Adds the key. Returns false and changes nothing if it exists.</summary>
    public bool TryAdd(ulong high, ulong low, int value)
    {
        if (TryFind(high, low, out _)) return false;
        Set(high, low, value);
        return true;
    }

    /// <summary>Adds or overwrites the value of the key.</summary>
    public void Set(ulong high, ulong low, int value)
    {
        if (high == 0) narrow.Set(low, Hash(low), value);
        else wide.Set((high, low), Hash(high, low), value);
    }

    /// <summary>Forgets all keys and keeps the room.</summary>
    public void Clear()
    {
        narrow.Clear();
        wide.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ulong low) => (uint)((low ^ low >> 32) * 0xD6E8_FEB8_6659_FD93 >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ulong high, ulong low) => Hash(low ^ high * 0x9E37_79B9_7F4A_7C15);

    /// <summary>Slots for keys of one width. A slot has the hash of its key, for growth and to mark it as used.</summary>
    private struct Slots<TKey>(int expected)
        where TKey : struct, IEquatable<TKey>
    {
        private struct Slot
        {
            public TKey Key;
            public int Value;
            /// <summary>The key's hash with the lowest bit set; 0 for an empty slot.</summary>
            public uint Mark;
        }

        private Slot[] slots = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Smallest, expected * 2))];

        public int Count { readonly get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool TryFind(TKey key, uint hash, out int value)
        {
            Slot[] table = slots;
            uint mask = (uint)table.Length - 1;
            // The mask keeps each index inside the table, whose length is a power of two.
            ref Slot first = ref MemoryMarshal.GetArrayDataReference(table);
            for (uint at = hash >> 1 & mask; ; at = (at + 1) & mask)
            {
                ref readonly Slot slot = ref Unsafe.Add(ref first, at);
                value = slot.Value;
                if (slot.Mark == 0) return false;
                if (slot.Key.Equals(key)) return true;
            }
        }

        public void Set(TKey key, uint hash, int value)
        {
            if ((Count + 1) * 2 > slots.Length) Grow();
            ref Slot slot = ref Place(slots, key, hash);
            if (slot.Mark == 0) Count++;
            slot = new Slot { Key = key, Value = value, Mark = hash | 1 };
        }

        public void Clear()
        {
            if (Count > 0) Array.Clear(slots);
            Count = 0;
        }

        private void Grow()
        {
            Slot[] grown = new Slot[slots.Length * 2];
            foreach (ref readonly Slot slot in slots.AsSpan())
                if (slot.Mark != 0) Place(grown, slot.Key, slot.Mark) = slot;
            slots = grown;
        }

        /// <summary>The slot of the key, or the empty one for it.</summary>
        private static ref Slot Place(Slot[] table, TKey key, uint hash)
        {
            int mask = table.Length - 1;
            int at = (int)(hash >> 1) & mask;
            while (table[at].Mark != 0 && !table[at].Key.Equals(key)) at = (at + 1) & mask;
            return ref table[at];
        }
    }
}
