using System.Numerics;
using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>
/// Identities of records, folded to 64 bits each, in an open-addressing table. Among four million records, a new one has the number of another with a
/// probability of 2 in 10^13.
/// </summary>
/// <param name="multiplier">Odd, and different in each process: a sender chooses the identities, so it must not know which of them fall on one slot.</param>
internal sealed class IdentitySet(ulong multiplier)
{
    private const int Smallest = 1 << 12;

    /// <summary>0 is a free slot.</summary>
    private ulong[] slots = new ulong[Smallest];
    private int shift = 64 - BitOperations.Log2(Smallest);

    public IdentitySet()
        : this((ulong)Random.Shared.NextInt64() << 1 | 1)
    {
    }

    public int Count { get; private set; }

    /// <summary>Slots in use one after the other, at most: what a look-up can cost.</summary>
    internal int LongestRun
    {
        get
        {
            int longest = 0, run = 0;
            foreach (ulong slot in slots) longest = Math.Max(longest, run = slot == 0 ? 0 : run + 1);
            return longest;
        }
    }

    /// <summary>False when it is there already.</summary>
    public bool Add(ulong high, ulong low)
    {
        if (Count * 4L >= slots.Length * 3L) Grow();
        ulong key = Key(high, low);
        int at = Home(key);
        for (; slots[at] != 0; at = (at + 1) & (slots.Length - 1))
            if (slots[at] == key)
                return false;
        slots[at] = key;
        Count++;
        return true;
    }

    public bool Add(in Flow record) => Add(record.IdHigh, record.IdLow);

    /// <summary>Removes it where it is there.</summary>
    public void Remove(ulong high, ulong low)
    {
        ulong key = Key(high, low);
        int mask = slots.Length - 1, at = Home(key);
        for (; slots[at] != key; at = (at + 1) & mask)
            if (slots[at] == 0)
                return;
        Count--;
        // What follows moves up unless it would get before its home: no marks of deletion are left.
        for (int next = (at + 1) & mask; slots[next] != 0; next = (next + 1) & mask)
        {
            int home = Home(slots[next]);
            if (((next - home) & mask) < ((next - at) & mask)) continue;
            slots[at] = slots[next];
            at = next;
        }
        slots[at] = 0;
    }

    private void Grow()
    {
        ulong[] old = slots;
        slots = new ulong[old.Length * 2];
        shift--;
        foreach (ulong key in old)
        {
            if (key == 0) continue;
            int at = Home(key);
            while (slots[at] != 0) at = (at + 1) & (slots.Length - 1);
            slots[at] = key;
        }
    }

    private static ulong Key(ulong high, ulong low) => Math.Max(high ^ BitOperations.RotateLeft(low, 32), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Home(ulong key) => (int)((key * multiplier) >> shift);
}
